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

    /// <summary>Requests that were thrown away on their way and never become tickets.</summary>
    private static long lost;

    /// <summary>Returns when every request has its ticket and every event has left: the next measurement starts from rest.</summary>
    public static async Task Drained(MeasuredSystem system, CancellationToken ct)
    {
        while (true)
        {
            var (requests, tickets) = await Count(system, ct);
            if (requests == tickets + lost && await Unsent(system, ct) == 0)
                return;

            await Task.Delay(100, ct);
        }
    }

    /// <summary>Returns when every event has left.</summary>
    public static async Task Sent(MeasuredSystem system, CancellationToken ct)
    {
        while (await Unsent(system, ct) > 0)
            await Task.Delay(100, ct);
    }

    /// <summary>Returns when no ticket has come for a while, and takes the requests that have none by then as lost.</summary>
    public static async Task Settled(MeasuredSystem system, CancellationToken ct)
    {
        var (tickets, still) = (-1L, 0);
        while (still < 10)
        {
            var (_, now) = await Count(system, ct);
            still = now == tickets ? still + 1 : 0;
            tickets = now;
            await Task.Delay(500, ct);
        }

        lost = (await Count(system, ct)).Requests - tickets;
        await Sent(system, ct);
    }

    private static async Task<long> Unsent(MeasuredSystem system, CancellationToken ct) =>
        await Scalar(system.Databases["intake"], "SELECT count(*) FROM messaging.outbox", ct)
        + await Scalar(system.Databases["ticketing"], "SELECT count(*) FROM messaging.outbox", ct);

    private static async Task<long> Scalar(string database, string query, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
