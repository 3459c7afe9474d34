using CustomerFeedback.Contracts;
using Npgsql;
using RabbitMQ.Client;

namespace CustomerFeedback.Benchmarks;

/// <summary>What is still to be done in a measured system: events that have not left, messages that nobody has taken, customers who have not been told.</summary>
internal sealed class Backlogs : IAsyncDisposable
{
    private readonly Dictionary<string, NpgsqlDataSource> databases;
    private readonly string[] queues;
    private readonly IConnection connection;
    private readonly IChannel channel;

    private Backlogs(MeasuredSystem system, IConnection connection, IChannel channel)
    {
        (this.connection, this.channel) = (connection, channel);
        databases = system.Databases.ToDictionary(d => d.Key, d => NpgsqlDataSource.Create(d.Value));
        // A queue of a service that is not there fills for ever.
        queues = [.. Queues(EventTable.Rows).Where(queue => system.Databases.ContainsKey(queue.Split('-')[0]))];
    }

    private static IEnumerable<string> Queues(IEnumerable<EventTable.Row> events) =>
        events.SelectMany(row => row.Queues).Distinct();

    public static async Task<Backlogs> Of(MeasuredSystem system, CancellationToken ct)
    {
        var opened = await new ConnectionFactory { Uri = system.Broker }.CreateConnectionAsync(ct);
        return new(system, opened, await opened.CreateChannelAsync(cancellationToken: ct));
    }

    /// <summary>Requests of Intake that have no ticket yet.</summary>
    public async Task<long> WithoutTicket(CancellationToken ct) =>
        await Scalar("intake", "SELECT count(*) FROM requests", ct)
        - await Scalar("ticketing", "SELECT count(*) FROM tickets", ct);

    /// <summary>Events that have not left the service.</summary>
    public Task<long> Unsent(string service, CancellationToken ct) =>
        Scalar(service, "SELECT count(*) FROM messaging.outbox", ct);

    /// <summary>All that waits anywhere: in outboxes, in queues, to be sent to customers.</summary>
    public async Task<long> Everything(CancellationToken ct) => (await ByPlace(ct)).Sum(place => place.Waiting);

    /// <summary>The same, place by place: <c>intake outbox</c>, <c>deliveries</c>, or the queue's name.</summary>
    public async Task<(string Place, long Waiting)[]> ByPlace(CancellationToken ct)
    {
        var places = new List<(string, long)>();
        foreach (var service in databases.Keys)
            places.Add(($"{service} outbox", await Unsent(service, ct)));
        if (databases.ContainsKey("notifications"))
            places.Add(
                (
                    "deliveries",
                    await Scalar(
                        "notifications",
                        "SELECT count(*) FROM deliveries WHERE state IN ('queued', 'sending')",
                        ct
                    )
                )
            );
        foreach (var queue in queues)
            places.Add((queue, await channel.MessageCountAsync(queue, ct)));
        return [.. places];
    }

    /// <summary>Returns when the service's events have left; those for consumers that are not there are thrown away, so that no round finds more of them than another.</summary>
    public async Task Sent(string service, CancellationToken ct)
    {
        while (await Unsent(service, ct) > 0)
            await Task.Delay(100, ct);
        foreach (var queue in Queues(EventTable.Rows.Where(row => row.Publisher == service)).Except(queues))
            await channel.QueuePurgeAsync(queue, ct);
    }

    /// <summary>Returns when every request has its ticket.</summary>
    public async Task Opened(CancellationToken ct)
    {
        while (await WithoutTicket(ct) > 0)
            await Task.Delay(100, ct);
    }

    /// <summary>Returns when nothing waits anywhere, twice in a row: what a consumer has in hand may yet bring new events.</summary>
    public async Task Drained(CancellationToken ct)
    {
        for (var quiet = 0; quiet < 2; )
        {
            quiet = await Everything(ct) == 0 ? quiet + 1 : 0;
            await Task.Delay(100, ct);
        }
    }

    public async Task<long> Scalar(string service, string query, CancellationToken ct)
    {
        await using var command = databases[service].CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
        foreach (var database in databases.Values)
            await database.DisposeAsync();
    }
}
