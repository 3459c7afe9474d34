using System.Diagnostics;
using CustomerFeedback.Faults.Judgement;
using CustomerFeedback.Faults.Load;
using Npgsql;

namespace CustomerFeedback.Faults.Restore;

/// <summary>
/// Ticketing's database is dumped under load, lost a little later, restored from the dump and reconciled. What a dump cannot bring back is
/// listed; in the end every request that was accepted must have its one ticket again, and nothing may be doubled or stuck.
/// </summary>
internal static class RestoreTicketing
{
    public const string Name = "restore-ticketing";
    private const string Service = "ticketing";
    private const int WhileAway = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Told again from this much before the dump: what had happened by then may not have been handled by then.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    public static async Task<Outcome> Play(int perSecond, TimeSpan duration, TimeSpan patience, CancellationToken stop)
    {
        await using var own = await OwnSystem.Start(stop);
        var ledger = new Ledger();
        using var sender = new Sender(own.Seen, ledger, Pause);
        var verdict = new Verdict(ledger, patience);
        await EscalationProbe.Publish(own.Seen);

        OwnSystem.Say($"load: {perSecond} requests/s for {duration.TotalSeconds:0} s, the dump in the middle");
        var stream = new RequestStream(sender, ledger, perSecond, duration);
        var streaming = stream.Play();
        await stream.HalfWay.WaitAsync(stop);
        var took = Stopwatch.StartNew();
        var backup = await Backup.Take(own.Site, Service, Path.Combine(OwnSystem.State, $"{Service}.dump"), stop);
        OwnSystem.Say($"dumped in {took.Elapsed.TotalSeconds:0.0} s");
        var dumped = await Tickets();
        await streaming.WaitAsync(stop);
        if (await verdict.AtRest() is { Count: > 0 } before)
            return Ended(before, "before anything was lost");
        var lost = await Tickets() - dumped;

        OwnSystem.Say("the database is lost");
        foreach (var process in own.Site.System.Of(Service))
            await process.Stop(OwnSystem.Grace);
        await backup.Lose(stop);
        await AcceptMore(sender, ledger).WaitAsync(stop);

        took.Restart();
        await backup.Restore(stop);
        OwnSystem.Say($"restored in {took.Elapsed.TotalSeconds:0.0} s");
        var behind = await Reconciliation.MoveVersions();
        foreach (var process in own.Site.System.Of(Service))
            await process.StartAgain(null, stop);
        OwnSystem.Say("Ticketing serves again; what nothing brings back by itself:");
        List("GONE", await verdict.AtRest());

        if (await Reconciliation.Resend(sender, backup.Since - Margin) is not { } told)
            return Ended(["the resend did not succeed"], "after the restore");
        OwnSystem.Say($"told again from the event store: {told.ToJsonString()}");
        var left = await verdict.AtRest();
        List("LEFT", left);
        Console.WriteLine(
            $"""

            lost       about {lost} tickets were opened after the dump, {behind} older ones had moved on
            accepted   {ledger.Requests.Count} requests, {WhileAway} of them while Ticketing was away
            """
        );
        if (lost == 0 || behind == 0)
        {
            Console.WriteLine(
                "NOT SEEN   tickets that the dump did not know, and tickets that it knew as they were before"
            );
            return Outcome.Void;
        }

        return Ended([.. left.Where(MustNotBe)], "after the reconciliation");
    }

    /// <summary>Findings that a restored dump and its reconciliation must not leave, whatever people did in between.</summary>
    private static bool MustNotBe(string finding) =>
        MustHold.Any(what => finding.Contains(what, StringComparison.Ordinal));

    private static readonly string[] MustHold =
    [
        "without just one ticket",
        "waiting in the broker",
        "left in the outbox",
        "messages parked",
        "stored, never accepted",
        "does not answer",
    ];

    /// <summary>Counts as they are; of figures that differ between two services how many do.</summary>
    private static void List(string what, IReadOnlyList<string> findings)
    {
        foreach (
            var kind in findings.GroupBy(f =>
                f.EndsWith(" in Analytics", StringComparison.Ordinal) ? f.Split(',')[0] : f
            )
        )
            Console.WriteLine(
                kind.Key == kind.First()
                    ? $"{what, -11}{kind.Key}"
                    : $"{what, -11}{kind.Key}: {kind.Count()} differ between Ticketing and Analytics"
            );
    }

    private static Outcome Ended(IReadOnlyList<string> wrong, string when)
    {
        foreach (var finding in wrong)
            Console.WriteLine($"WRONG      {when}: {finding}");
        var outcome = wrong.Count > 0 ? Outcome.Broken : Outcome.Held;
        Console.WriteLine($"{Name}: {outcome}");
        return outcome;
    }

    /// <summary>Requests that nobody handles: they wait in the queue of a service that is not there.</summary>
    private static async Task AcceptMore(Sender sender, Ledger ledger)
    {
        for (var n = 0; n < WhileAway; n++)
        {
            var externalId = ledger.Mean();
            var accepted = await sender.Post(
                "integration",
                "/v1/requests",
                EscalationProbe.Request(externalId),
                externalId
            );
            if (accepted is null)
                continue;
            var number = accepted["number"]!.GetValue<string>();
            ledger.Requests[externalId] = number;
            ledger.Probes.Add(number);
        }
    }

    private static async Task<long> Tickets()
    {
        await using var source = NpgsqlDataSource.Create(LocalSystem.Database(Service) + ";Pooling=false");
        await using var count = source.CreateCommand("SELECT count(*) FROM tickets");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
