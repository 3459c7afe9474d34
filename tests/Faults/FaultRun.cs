using System.Diagnostics;
using CustomerFeedback.Faults.Evidence;
using CustomerFeedback.Faults.Injuries;
using CustomerFeedback.Faults.Judgement;
using CustomerFeedback.Faults.Load;

namespace CustomerFeedback.Faults;

/// <summary>What became of a run.</summary>
internal enum Outcome
{
    Held = 0,
    Broken = 1,

    /// <summary>The fault was not felt: the run says nothing.</summary>
    Void = 3,
}

/// <summary>One fault under load, from the first request to the verdict.</summary>
internal sealed class FaultRun(
    LocalSystem system,
    Counters counters,
    int perSecond,
    TimeSpan duration,
    TimeSpan patience
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReportsWithin = TimeSpan.FromSeconds(30);
    private static readonly string[] Services = ["intake", "ticketing", "survey", "analytics", "notifications"];

    public async Task<Outcome> Play(Injury injury)
    {
        var ledger = new Ledger();
        using var sender = new Sender(system, ledger, Pause);
        await EscalationProbe.Publish(system);
        if (!await Reports())
            Console.WriteLine(
                "Not every process tells its counters: see tests/Faults/README.md for how to start the system."
            );
        counters.Mark();

        Console.WriteLine($"\n== {injury.Name}: {injury.What}");
        var traces = new Traces(ledger, counters);
        var since = Stopwatch.StartNew();
        var stream = new RequestStream(sender, ledger, perSecond, duration);
        var running = stream.Play();
        await injury.Do(new(stream.HalfWay, running, traces));
        await running;
        var took = since.Elapsed;

        var held = await new Verdict(ledger, patience).Give(stream, sender);
        await Reports(); // what was counted last
        Console.WriteLine(
            $"""
            load       {perSecond} requests/s for {duration.TotalSeconds:0} s; the last answer came after {took.TotalSeconds:0} s
            felt       {traces.Died} of {traces.Doomed.Count} processes died, {traces.StoodStill.Count} stood still, {traces.ToldNothing} answers told nothing,
                       {traces.Redelivered} messages handed out again, {traces.Deduped} known already, {traces.Resent} taken back by relays, {traces.Fenced} fenced,
                       {traces.Copies} copies, {traces.Overtaken} out of order
            """
        );
        var missing = injury.Proofs.Where(proof => !proof.IsIn(traces)).ToList();
        foreach (var proof in missing)
            Console.WriteLine($"NOT SEEN   {proof.What}");
        var outcome =
            !held ? Outcome.Broken
            : missing.Count > 0 ? Outcome.Void
            : Outcome.Held;
        Console.WriteLine($"{injury.Name}: {outcome}");
        return outcome;
    }

    private Task<bool> Reports() => counters.EachReports([.. Services.SelectMany(LocalSystem.Pids)], ReportsWithin);
}
