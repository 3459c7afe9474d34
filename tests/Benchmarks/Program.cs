using System.Runtime.InteropServices;
using CustomerFeedback.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- [names] [--rows N]; see README.md
var rowsAt = Array.IndexOf(args, "--rows");
var rows = rowsAt >= 0 ? int.Parse(args[rowsAt + 1]) : 1_000_000;
string[] named = rowsAt >= 0 ? args[..rowsAt] : args;
var known = Catalogue.All.Select(benchmark => benchmark.Name).ToArray();
if (named.Except(known).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"Unknown benchmark {unknown}; there are {string.Join(", ", known)}.");
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

try
{
    await Catalogue.Run(named.Length > 0 ? named : known, rows, stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
