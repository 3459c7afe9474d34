using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerFeedback.Messaging;

/// <summary>Removes what is past its time, every hour and in each replica: they do not get in each other's way.</summary>
internal sealed class Retention(MessagingSetup setup, TimeProvider clock, ILogger<Retention> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>What is kept how long: longer than any message may still be repeated, and any key be used again.</summary>
    internal static readonly IReadOnlyList<(string Table, string Since, TimeSpan Kept)> Rules =
    [
        ("inbox", "handled_at", TimeSpan.FromDays(30)),
        ("idempotency_keys", "created_at", TimeSpan.FromHours(48)),
        ("parked_messages", "replayed_at", TimeSpan.FromDays(30)),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.RetentionInterrupted(Every, e.Message);
            }

            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task Sweep(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(setup.Database);
        await connection.OpenAsync(ct);
        foreach (var (table, since, kept) in Rules)
        {
            var removed = 0;
            int some;
            do
            {
                // In pieces: no long transaction, no long wait for anybody.
                await using var command = new NpgsqlCommand(
                    $"DELETE FROM messaging.{table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM messaging.{table} WHERE {since} < $1 "
                        + "LIMIT 5000 FOR UPDATE SKIP LOCKED))",
                    connection
                );
                command.Parameters.AddWithValue(clock.GetUtcNow() - kept);
                some = await command.ExecuteNonQueryAsync(ct);
                removed += some;
            } while (some > 0);

            if (removed > 0)
                log.Removed(removed, table);
        }
    }
}
