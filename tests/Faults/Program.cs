using System.Globalization;
using CustomerFeedback.Faults;

// dotnet run --project tests/Faults -- FAULT [--rate N] [--seconds N]     (against a local run that is up: --replicas 1 or 2)
const string usage = """
    dotnet run --project tests/Faults -- FAULT [--rate 50] [--seconds 90]

    Streams requests through the gateway of the local run, does the fault in the middle, waits for rest, and compares a
    ledger of what was accepted with what is stored.
    """;

if (args is [] || Injury.Find(args[0]) is not { } injury)
{
    Console.Error.WriteLine(
        $"{usage}\n\nFaults:\n{string.Join('\n', Injury.All.Select(i => $"  {i.Name, -18}{i.What}"))}"
    );
    return 2;
}

var system = LocalSystem.Find();
if (system is null)
{
    Console.Error.WriteLine("No local run is up: dotnet run --project deploy/local -- --no-demo --replicas 2");
    return 2;
}

var seconds = Number("--seconds", 90);
await EscalationProbe.Publish(system);
var stream = new RequestStream(system, Number("--rate", 50), TimeSpan.FromSeconds(seconds));
var running = stream.Play();
await stream.HalfWay;
Console.WriteLine($"{injury.Name}: {injury.What}");
await injury.Do();
await running;
return await Verdict.Give(stream) ? 0 : 1;

int Number(string option, int otherwise)
{
    var at = Array.IndexOf(args, option);
    return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
}
