using System.Globalization;
using CustomerFeedback.Faults;
using CustomerFeedback.Faults.Evidence;
using CustomerFeedback.Faults.Injuries;
using CustomerFeedback.Faults.Restore;
using CustomerFeedback.Faults.Upgrade;
using CustomerFeedback.Local.Machine;

var names = args.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
var (seconds, patience) = (Number("--seconds", 45), TimeSpan.FromSeconds(Number("--patience", 180)));
try
{
    switch (names)
    {
        case [RollingUpgrade.Name]:
            using (var stop = new StopSignals())
                return (int)
                    await RollingUpgrade.Play(Number("--rate", 4), patience, args.Contains("--back"), stop.Token);
        case [RestoreTicketing.Name]:
            using (var stop = new StopSignals())
                return (int)
                    await RestoreTicketing.Play(
                        Number("--rate", 4),
                        TimeSpan.FromSeconds(seconds),
                        patience,
                        stop.Token
                    );
        case [_, ..] when names.TrueForAll(name => Injury.Find(name) is not null):
            return await Injure();
        default:
            return Usage.Tell();
    }
}
catch (LocalRunException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (OperationCanceledException)
{
    return 2;
}

async Task<int> Injure()
{
    if (LocalSystem.Find() is not { } system)
    {
        Console.Error.WriteLine("No local run is up: see tests/Faults/README.md.");
        return 2;
    }

    await using var counters = await Counters.Hear();
    var run = new FaultRun(system, counters, Number("--rate", 15), TimeSpan.FromSeconds(seconds), patience);
    List<Outcome> outcomes = [];
    foreach (var name in names)
        outcomes.Add(await run.Play(Injury.Find(name)!));
    return outcomes.Contains(Outcome.Broken) ? (int)Outcome.Broken : (int)outcomes.Max();
}

int Number(string option, int otherwise)
{
    var at = Array.IndexOf(args, option);
    return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
}
