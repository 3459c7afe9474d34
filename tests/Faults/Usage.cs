using CustomerFeedback.Faults.Injuries;
using CustomerFeedback.Faults.Restore;
using CustomerFeedback.Faults.Upgrade;

namespace CustomerFeedback.Faults;

/// <summary>What the command line takes.</summary>
internal static class Usage
{
    public static int Tell()
    {
        Console.Error.WriteLine(
            $"""
            dotnet run --project tests/Faults -- FAULT ... [--rate 15] [--seconds 45] [--patience 180]

            Streams requests, and what people do with them, through the gateway of the local run, does the fault in the middle, waits for
            rest, and compares a ledger of what was accepted with what is stored in every service.

            Faults:
            {string.Join('\n', Injury.All.Select(i => $"  {i.Name, -22}{i.What}"))}

            With a system of its own, which it starts and ends:
              {RollingUpgrade.Name, -22}every process is replaced by another build under load [--rate 4] [--patience 180] [--back]
              {RestoreTicketing.Name, -22}its database is dumped, lost, restored and reconciled [--rate 4] [--seconds 45] [--patience 180]
            """
        );
        return 2;
    }
}
