using CustomerFeedback.Faults.Judgement;
using CustomerFeedback.Faults.Load;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Faults.Upgrade;

/// <summary>
/// A system under load gets another build, process by process, and where wanted the old one back. No request may fail, nothing may be lost
/// or doubled, and each build must have handled messages of the other.
/// </summary>
internal static class RollingUpgrade
{
    public const string Name = "rolling-upgrade";

    /// <summary>The stream is ended when the rollout is; this is only the end of all patience.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Load before the first process goes, between the two ways and after the last has come.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    public static async Task<Outcome> Play(int perSecond, TimeSpan patience, bool back, CancellationToken stop)
    {
        await NextBuild.Make(OwnSystem.Say, stop);
        await using var own = await OwnSystem.Start(stop);
        var ledger = new Ledger();
        using var sender = new Sender(own.Seen, ledger, Pause);
        await EscalationProbe.Publish(own.Seen);

        OwnSystem.Say($"load: {perSecond} requests/s");
        var stream = new RequestStream(sender, ledger, perSecond, Longest);
        var streaming = stream.Play();
        var looking = new Onlookers(sender, ledger).Look(streaming);
        var rollout = new Rollout(own.Site);
        await Task.Delay(Calm, stop);
        await rollout.Forward(NextBuild.Root, stop);
        await Task.Delay(Calm, stop);
        if (back)
        {
            OwnSystem.Say("the way back");
            await rollout.Back(Checkout.Root, stop);
            await Task.Delay(Calm, stop);
        }

        stream.End();
        await streaming.WaitAsync(stop);
        await looking;
        OwnSystem.Say("the verdict");
        var held = await new Verdict(ledger, patience).Give(stream, sender);
        return Tell(ledger, rollout, await Mixture.Read(), held, back);
    }

    private static Outcome Tell(Ledger ledger, Rollout rollout, IReadOnlyList<Met> met, bool held, bool back)
    {
        var told = ledger.Told.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key} {t.Value}");
        Console.WriteLine(
            $"""
            replaced   {rollout.Replaced} of {rollout.Wanted} processes; {rollout.Drained} said first that they were going
            answers    {string.Join(", ", told)}
            failed     {ledger.Unknown.Count} answers told nothing, {ledger.PutOff.Count} said to come again: nothing is forgiven for a retry
            """
        );
        foreach (var why in ledger.Unknown.Concat(ledger.PutOff).Take(20))
            Console.WriteLine($"FAILED     {why}");
        foreach (var queue in met)
            Console.WriteLine(
                $"met        {queue.Consumer, -62}{queue.OldByNext, 6} old by next{queue.NextByOld, 6} next by old"
            );

        var unmet = met.Where(queue => !queue.IsBoth).ToList();
        foreach (var queue in unmet)
            Console.WriteLine($"NOT SEEN   {queue.Consumer}: messages of each build handled by the other");
        var isVoid = unmet.Count > 0 || rollout.Replaced < rollout.Wanted || rollout.Drained < rollout.Wanted;
        var outcome =
            !held || !ledger.Unknown.IsEmpty || !ledger.PutOff.IsEmpty ? Outcome.Broken
            : isVoid ? Outcome.Void
            : Outcome.Held;
        Console.WriteLine($"{Name}{(back ? " and back" : "")}: {outcome}");
        return outcome;
    }
}
