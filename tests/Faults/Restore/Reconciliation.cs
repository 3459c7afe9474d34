using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using Npgsql;
using RabbitMQ.Client;

namespace CustomerFeedback.Faults.Restore;

/// <summary>What the event store of Analytics gives back to a service whose database is older than what it has told.</summary>
internal static class Reconciliation
{
    private const string EnvelopeType = "application/vnd.masstransit+json";

    /// <summary>
    /// Moves each ticket's count of events past what others have seen of it. Before the service starts: else it would tell new things under
    /// numbers that are taken, which receivers pass over.
    /// </summary>
    /// <returns>How many tickets were behind.</returns>
    public static async Task<int> MoveVersions()
    {
        List<Guid> tickets = [];
        List<int> versions = [];
        await using (var analytics = Source("analytics"))
        {
            await using var ask = analytics.CreateCommand(
                """
                SELECT subject_id::uuid, max(version) FROM events
                WHERE subject_id IN (SELECT subject_id FROM events WHERE type = 'TicketOpened') GROUP BY subject_id
                """
            );
            await using var reader = await ask.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                tickets.Add(reader.GetGuid(0));
                versions.Add(reader.GetInt32(1));
            }
        }

        await using var ticketing = Source("ticketing");
        await using var move = ticketing.CreateCommand(
            """
            UPDATE tickets t SET event_version = told.version FROM unnest($1, $2) AS told (id, version)
            WHERE t.id = told.id AND t.event_version < told.version
            """
        );
        move.Parameters.Add(new() { Value = tickets.ToArray() });
        move.Parameters.Add(new() { Value = versions.ToArray() });
        return await move.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Sends a service everything that it takes and that was stored since, under the ids of then, in the order of then, to its own queues only. What it
    /// has handled it knows by these ids.
    /// </summary>
    /// <returns>How many messages.</returns>
    public static async Task<int> SendAgain(string service, DateTimeOffset since)
    {
        var takes = (
            from row in EventTable.Rows
            from queue in row.Queues
            where queue.StartsWith($"{service}-", StringComparison.Ordinal)
            select (row.Event, queue)
        ).ToLookup(taken => taken.Event.Name);
        var factory = new ConnectionFactory { Uri = LocalSystem.Broker };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)
        );
        await using var analytics = Source("analytics");
        await using var ask = analytics.CreateCommand(
            "SELECT id, type, body::text FROM events WHERE stored_at >= $1 AND type = ANY ($2) ORDER BY seq"
        );
        ask.Parameters.Add(new() { Value = since.UtcDateTime });
        ask.Parameters.Add(new() { Value = takes.Select(taken => taken.Key).ToArray() });
        await using var reader = await ask.ExecuteReaderAsync();
        var sent = 0;
        while (await reader.ReadAsync())
        {
            foreach (var (type, queue) in takes[reader.GetString(1)])
            {
                var id = reader.GetGuid(0).ToString();
                await channel.BasicPublishAsync(
                    "",
                    queue,
                    mandatory: true,
                    new BasicProperties
                    {
                        MessageId = id,
                        ContentType = EnvelopeType,
                        DeliveryMode = DeliveryModes.Persistent,
                    },
                    Envelope(id, type, reader.GetString(2))
                );
                sent++;
            }
        }

        return sent;
    }

    private static byte[] Envelope(string id, Type type, string body) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["messageId"] = id,
                ["messageType"] = new JsonArray($"urn:message:{type.Namespace}:{type.Name}"),
                ["message"] = JsonNode.Parse(body),
                ["headers"] = new JsonObject(),
            }
        );

    private static NpgsqlDataSource Source(string service) =>
        NpgsqlDataSource.Create(LocalSystem.Database(service) + ";Pooling=false");
}
