using System.Globalization;
using CustomerFeedback.Faults;
using CustomerFeedback.Faults.Evidence;
using CustomerFeedback.Faults.Injuries;

// dotnet run --project tests/Faults -- FAULT ... [--rate N] [--seconds N] [--patience N]     (against a local run that is up: see README.md)
var faults = args.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
if (faults.Count == 0 || faults.Exists(name => Injury.Find(name) is null))
{
    Console.Error.WriteLine(
        $"""
        dotnet run --project tests/Faults -- FAULT ... [--rate 15] [--seconds 45] [--patience 180]

        Streams requests, and what people do with them, through the gateway of the local run, does the fault in the middle, waits for
        rest, and compares a ledger of what was accepted with what is stored in every service.

        Faults:
        {string.Join('\n', Injury.All.Select(i => $"  {i.Name, -22}{i.What}"))}
        """
    );
    return 2;
}

if (LocalSystem.Find() is not { } system)
{
    Console.Error.WriteLine("No local run is up: see tests/Faults/README.md.");
    return 2;
}

await using var counters = await Counters.Hear();
var run = new FaultRun(
    system,
    counters,
    Number("--rate", 15),
    TimeSpan.FromSeconds(Number("--seconds", 45)),
    TimeSpan.FromSeconds(Number("--patience", 180))
);
List<Outcome> outcomes = [];
foreach (var name in faults)
    outcomes.Add(await run.Play(Injury.Find(name)!));
return outcomes.Contains(Outcome.Broken) ? (int)Outcome.Broken : (int)outcomes.Max();

int Number(string option, int otherwise)
{
    var at = Array.IndexOf(args, option);
    return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
}
