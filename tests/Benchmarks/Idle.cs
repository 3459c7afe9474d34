using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using RabbitMQ.Client.Events;

namespace CustomerFeedback.Benchmarks;

/// <summary>A system with nothing to do: how long a single commit takes to reach the broker, and what doing nothing costs the database.</summary>
internal static class Idle
{
    private const int Commits = 300;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    // A session of PostgreSQL tells what it did when it is next spoken to: the relay's listener, which each commit has woken, by its sign of life
    // every 30 s. The single commits would be counted too.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(45);

    public static async Task Run(MeasuredSystem system, CancellationToken ct)
    {
        await using (var backlogs = await Backlogs.Of(system, ct))
            await backlogs.Drained(ct);
        await Woken(system, 100, ct); // warms up
        var latencies = await Woken(system, Commits, ct);
        Figures.Title("Idle: all services started, nothing to do");
        Figures.Print(
            $"commit -> broker -> a consumer ({Commits} single commits)",
            Accept.Latency(latencies),
            $"p99: {Verdict.Most(50, 20).Of(Figures.Percentile(latencies, 0.99))}"
        );

        await Task.Delay(Settled, ct);
        var before = await Transactions(system, ct);
        await Task.Delay(Watched, ct);
        var after = await Transactions(system, ct);
        foreach (var (service, database) in system.Databases.Keys.Select(service => (service, $"bench_{service}")))
        {
            var rate = (after[database] - before[database]) / Watched.TotalSeconds;
            Figures.Print($"transactions of {service}, idle", $"{rate:0.0} /s", Verdict.Most(4).Of(rate));
        }
    }

    /// <summary>One commit after another, each by a session that is none of Intake's: its relay is told by LISTEN.</summary>
    private static async Task<double[]> Woken(MeasuredSystem system, int commits, CancellationToken ct)
    {
        await using var mailbox = await Mailbox.Open(system, ct);
        await using var source = NpgsqlDataSource.Create(system.Databases["intake"]);
        await using var outbox = await source.OpenConnectionAsync(ct);
        var latencies = new ConcurrentBag<double>();
        var consumer = new AsyncEventingBasicConsumer(mailbox.Channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            latencies.Add(Stopwatch.GetElapsedTime(BitConverter.ToInt64(message.Body.Span)).TotalMilliseconds);
            return Task.CompletedTask;
        };
        await mailbox.Channel.BasicConsumeAsync(Mailbox.Queue, autoAck: true, "", false, false, null, consumer, ct);
        for (var i = 0; i < commits; i++)
        {
            var body = new byte[600];
            // From before the commit: its own time is in it.
            BitConverter.TryWriteBytes(body, Stopwatch.GetTimestamp());
            await Mailbox.Store(outbox, 1, ct, body);
            await Task.Delay(Between, ct);
        }

        while (latencies.Count < commits)
            await Task.Delay(Between, ct);
        return [.. latencies.Order()];
    }

    private static async Task<Dictionary<string, long>> Transactions(MeasuredSystem system, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(system.Postgres);
        await using var command = source.CreateCommand(
            "SELECT datname, xact_commit + xact_rollback FROM pg_stat_database WHERE datname LIKE 'bench%'"
        );
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new Dictionary<string, long>();
        while (await reader.ReadAsync(ct))
            counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }
}
