using Npgsql;

namespace CustomerFeedback.Faults.Judgement;

/// <summary>The same figures from two places: from the tables of who owns the facts, and from what Analytics made of the events.</summary>
/// <param name="What">What is compared, for people.</param>
/// <param name="Owner">The service that owns it.</param>
/// <param name="Own">Its query: a key and a value, as texts.</param>
/// <param name="Copied">The query to Analytics, in the same shape.</param>
internal sealed record Comparison(string What, string Owner, string Own, string Copied)
{
    public static IReadOnlyList<Comparison> All { get; } =
    [
        .. Sums.OfResponses,
        .. Sums.OfTickets,
        new(
            "tickets: published events",
            "ticketing",
            "SELECT id::text, event_version::text FROM tickets",
            """
            SELECT subject_id, max(version)::text FROM events WHERE subject_id IN (SELECT subject_id FROM events WHERE type = 'TicketOpened')
            GROUP BY subject_id
            """
        ),
        new(
            "invitations: published events",
            "survey",
            "SELECT id::text, event_version::text FROM invitations WHERE event_version > 0",
            "SELECT subject_id, max(version)::text FROM events WHERE subject_id IN (SELECT invitation_id::text FROM facts.invitation_facts) GROUP BY subject_id"
        ),
        new(
            "messages: published outcomes",
            "notifications",
            "SELECT id::text, CASE state WHEN 'delivered' THEN 'NotificationDelivered' ELSE 'NotificationFailed' END FROM deliveries",
            "SELECT subject_id, string_agg(type, ' ') FROM events WHERE type LIKE 'Notification%' GROUP BY subject_id"
        ),
        new(
            "customers: published events",
            "intake",
            "SELECT id::text, event_version::text FROM customers",
            "SELECT subject_id, max(version)::text FROM events WHERE type = 'CustomerUpserted' GROUP BY subject_id"
        ),
    ];

    /// <summary>Figures that are not the same, each with both values.</summary>
    public async Task<IReadOnlyList<string>> Differences(NpgsqlConnection owner, NpgsqlConnection analytics)
    {
        var own = await Read(owner, Own);
        var copied = await Read(analytics, Copied);
        return
        [
            .. from key in own.Keys.Union(copied.Keys)
            let here = own.GetValueOrDefault(key, "-")
            let there = copied.GetValueOrDefault(key, "-")
            where here != there
            orderby key
            select $"{What}, {key}: {here} owned, {there} in Analytics",
        ];
    }

    private static async Task<Dictionary<string, string>> Read(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            all.Add(reader.GetString(0), reader.GetString(1));
        return all;
    }
}
