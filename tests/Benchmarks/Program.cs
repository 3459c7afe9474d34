using System.Runtime.InteropServices;
using CustomerFeedback.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- [names] [--rows N]; see README.md
var known = Catalogue.All;
var rowsAt = Array.IndexOf(args, "--rows");
var rows = rowsAt >= 0 ? int.Parse(args[rowsAt + 1]) : 1_000_000;
string[] named = rowsAt >= 0 ? args[..rowsAt] : args;
if (named.Except(known.Select(benchmark => benchmark.Name)).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine(
        $"Unknown benchmark {unknown}; there are {string.Join(", ", known.Select(benchmark => benchmark.Name))}."
    );
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(
    PosixSignal.SIGINT,
    signal =>
    {
        signal.Cancel = true;
        stop.Cancel();
    }
);

foreach (var benchmark in known.Where(benchmark => named.Length == 0 || named.Contains(benchmark.Name)))
{
    var clock = System.Diagnostics.Stopwatch.StartNew();
    await benchmark.Run(rows, stop.Token);
    Console.WriteLine($"  ({benchmark.Name} took {clock.Elapsed.TotalSeconds:0} s)");
}

return 0;
