using System.Runtime.InteropServices;
using CustomerFeedback.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- [calendar] [accept] [pipeline] [relay] [--rows N]
string[] known = ["calendar", "accept", "pipeline", "relay"];
var rowsAt = Array.IndexOf(args, "--rows");
var rows = rowsAt >= 0 ? int.Parse(args[rowsAt + 1]) : 1_000_000;
var asked = (rowsAt >= 0 ? args[..rowsAt] : args) is { Length: > 0 } named ? named : known;
if (asked.Except(known).FirstOrDefault() is { } unknown)
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

if (asked.Contains("calendar"))
    Calendar.Run();
if (asked.All(name => name == "calendar"))
    return 0;

await using var system = await MeasuredSystem.Start(stop.Token);
var acceptAlone = asked.Contains("accept") ? await Accept.Run(system, stop.Token) : 0;
if (asked.Contains("pipeline"))
    await Pipeline.Run(system, acceptAlone, stop.Token);
if (asked.Contains("relay"))
    await Relay.Run(system, rows, stop.Token);
return 0;
