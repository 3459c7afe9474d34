using Npgsql;

namespace CustomerFeedback.Benchmarks;

/// <summary>How far the ticket side is behind, read from the databases.</summary>
internal static class Tickets
{
    public static async Task<(long Requests, long Tickets)> Count(MeasuredSystem system, CancellationToken ct) =>
        (
            await Scalar(system.Databases["intake"], "SELECT count(*) FROM requests", ct),
            await Scalar(system.Databases["ticketing"], "SELECT count(*) FROM tickets", ct)
        );

    /// <summary>Returns when every request has its ticket and every event has left: the next measurement starts from rest.</summary>
    public static async Task Drained(MeasuredSystem system, CancellationToken ct)
    {
        while (true)
        {
            var (requests, tickets) = await Count(system, ct);
            var unsent =
                await Scalar(system.Databases["intake"], "SELECT count(*) FROM messaging.outbox", ct)
                + await Scalar(system.Databases["ticketing"], "SELECT count(*) FROM messaging.outbox", ct);
            if (requests == tickets && unsent == 0)
                return;

            await Task.Delay(100, ct);
        }
    }

    private static async Task<long> Scalar(string database, string query, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
