using System.Diagnostics;
using Npgsql;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// The outbox relay of a running Intake on a backlog of stored events, in turn with bare publishing of as many messages.
/// The rows go straight into the outbox table, so nothing but the relay is at work.
/// </summary>
internal static class Relay
{
    private const int Rounds = 3;
    private const int Small = 10_000;
    private const int Middle = 50_000;

    public static async Task Run(MeasuredSystem system, int large, CancellationToken ct)
    {
        await using var backlogs = await Backlogs.Of(system, ct);
        await backlogs.Drained(ct);
        await using var mailbox = await Mailbox.Open(system, ct);
        var raw = new RawBroker(system.RawBroker);
        for (var i = 0; i < 2; i++) // warm-up
        {
            await raw.Run(Small);
            await Drain(system, mailbox, Middle, ct);
        }

        var rounds = new List<(double Raw, double Relay, double Small)>();
        for (var i = 0; i < Rounds; i++)
            rounds.Add(
                (
                    await raw.Run(Middle),
                    await Drain(system, mailbox, Middle, ct),
                    await Drain(system, mailbox, Small, ct)
                )
            );
        var (r, d, s) = (
            Figures.Median(rounds.Select(x => x.Raw)),
            Figures.Median(rounds.Select(x => x.Relay)),
            Figures.Median(rounds.Select(x => x.Small))
        );
        Figures.Title($"Outbox relay, one row = one message, {Rounds} rounds in turn, medians");
        Figures.Print("raw broker (quorum queue, window 100)", $"{r:0} /s");
        Figures.Print(
            $"relay, backlog of {Middle}",
            $"{d:0} /s",
            $"{d / r:0.00} x raw: {Verdict.Least(0.6, 0.8).Of(d / r)}"
        );
        Figures.Print($"relay, backlog of {Small}", $"{s:0} /s");
        var l = await Drain(system, mailbox, large, ct);
        Figures.Print(
            $"relay, backlog of {large}",
            $"{l:0} /s",
            $"{l / s:0.00} x the rate at {Small}: {Verdict.Least(0.9).Of(l / s)}; {l / r:0.00} x raw"
        );
    }

    /// <summary>Stores that many 600-byte events in one commit and waits until the relay has sent and removed them all.</summary>
    private static async Task<double> Drain(MeasuredSystem system, Mailbox mailbox, int rows, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(system.Databases["intake"] + ";Command Timeout=600");
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var any = new NpgsqlCommand("SELECT EXISTS (SELECT FROM messaging.outbox)", connection);
        await Mailbox.Store(connection, rows, ct);
        var clock = Stopwatch.StartNew();
        while (await any.ExecuteScalarAsync(ct) is true)
            await Task.Delay(20, ct);

        var rate = rows / clock.Elapsed.TotalSeconds;
        await mailbox.Empty(ct); // the baseline's queue begins empty too
        return rate;
    }
}
