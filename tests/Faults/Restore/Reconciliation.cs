using System.Text.Json.Nodes;
using CustomerFeedback.Faults.Load;
using Npgsql;

namespace CustomerFeedback.Faults.Restore;

/// <summary>What the event store of Analytics gives back to a service whose database is older than what it has told.</summary>
internal static class Reconciliation
{
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

    /// <summary>Asks Analytics to tell Ticketing again what it consumed, and waits for the job.</summary>
    /// <returns>What the job says; null where it did not succeed.</returns>
    public static async Task<JsonNode?> Resend(Sender sender, DateTimeOffset from)
    {
        var order = new { service = "ticketing", from };
        var job = await sender.Post("admin", "/v1/admin/analytics/resend", order, $"{Guid.CreateVersion7()}");
        var done = job is null
            ? null
            : await sender.Get(
                "admin",
                $"/v1/jobs/{job["id"]}",
                j => j["state"]!.GetValue<string>() is "succeeded" or "failed"
            );
        return done?["result"];
    }

    private static NpgsqlDataSource Source(string service) =>
        NpgsqlDataSource.Create(LocalSystem.Database(service) + ";Pooling=false");
}
