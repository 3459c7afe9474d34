using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerFeedback.Messaging;

/// <summary>Looks now and then at what waits: the figures behind the gauges, at a cost that does not grow with the backlog.</summary>
internal sealed class Gauges(MessagingSetup setup, ILogger<Gauges> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // The ids are in order of time, so the oldest is the first; beyond ten thousand the table's statistics are exact enough.
    private const string Sql = """
        SELECT
            COALESCE((SELECT extract(epoch FROM now() - created_at) FROM messaging.outbox ORDER BY id LIMIT 1), 0)::float8,
            (SELECT CASE WHEN count(*) < 10000 THEN count(*)
                    ELSE greatest(count(*), pg_stat_get_live_tuples('messaging.outbox'::regclass)) END
             FROM (SELECT FROM messaging.outbox LIMIT 10000) AS first),
            (SELECT count(*) FROM messaging.parked_messages WHERE replayed_at IS NULL)
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (age, depth, parked) = (0d, 0L, 0L);
        Metrics.Begin(setup);
        Metrics.Watch(setup.Service, () => age, () => depth, () => parked);
        var works = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                (age, depth, parked) = await Look(stoppingToken);
                works = true;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (works)
                    log.GaugesBlind(e.Message); // once per outage
                works = false;
            }

            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(double Age, long Depth, long Parked)> Look(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(setup.Database);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetDouble(0), row.GetInt64(1), row.GetInt64(2));
    }
}
