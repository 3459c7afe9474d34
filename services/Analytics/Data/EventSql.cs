using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CustomerFeedback.Analytics.Data;

/// <summary>The event store's SQL, by hand: a batch is one statement, whatever its size.</summary>
internal static class EventSql
{
    private const long WriterLock = 0x414E_414C_5954_4943; // "ANALYTIC"

    /// <summary>Waits until this is the only transaction that writes events, facts and rollups; until it ends.</summary>
    public static async Task Lock(this AnalyticsDbContext db, CancellationToken ct)
    {
        await using var command = db.Command("SELECT pg_advisory_xact_lock($1)", WriterLock);
        command.CommandTimeout = 0; // however long a rebuild compares: nothing is wrong with what waits for it
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Stores the events that are new; says how many, and which threads got new events of the given types.</summary>
    public static async Task<(int Fresh, string[] Threads)> Insert(
        this AnalyticsDbContext db,
        IReadOnlyList<EventRow> events,
        IReadOnlySet<string> types,
        CancellationToken ct
    )
    {
        await using var command = db.Command(
            """
            INSERT INTO events (id, type, thread, number, customer_id, subject_id, version, occurred_at, body)
            SELECT id, type, thread, number, customer_id, subject_id, version, occurred_at, body::jsonb
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::int[], $8::timestamptz[], $9::text[])
                AS e (id, type, thread, number, customer_id, subject_id, version, occurred_at, body)
            ON CONFLICT DO NOTHING RETURNING type, thread
            """,
            events.Select(e => e.Id).ToArray(),
            events.Select(e => e.Type).ToArray(),
            events.Select(e => e.Thread).ToArray(),
            events.Select(e => e.Number).ToArray(),
            events.Select(e => e.CustomerId).ToArray(),
            events.Select(e => e.SubjectId).ToArray(),
            events.Select(e => e.Version).ToArray(),
            events.Select(e => e.OccurredAt.UtcDateTime).ToArray(),
            events.Select(e => e.Body).ToArray()
        );
        var fresh = 0;
        var threads = new SortedSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            fresh++;
            if (types.Contains(reader.GetString(0)))
                threads.Add(reader.GetString(1));
        }

        return (fresh, [.. threads]);
    }

    /// <summary>All stored events of some threads, of the given types.</summary>
    public static async Task<ILookup<string, Told>> Told(
        this AnalyticsDbContext db,
        string[] threads,
        IEnumerable<string> types,
        CancellationToken ct
    )
    {
        await using var command = db.Command(
            "SELECT thread, type, version, occurred_at, body::text FROM events WHERE thread = ANY ($1) AND type = ANY ($2)",
            threads,
            types.ToArray()
        );
        List<(string Thread, Told Told)> all = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (ReadTold(reader) is { } told)
                all.Add((reader.GetString(0), told));
        return all.ToLookup(one => one.Thread, one => one.Told, StringComparer.Ordinal);
    }

    /// <summary>From the columns thread, type, version, occurred_at, body.</summary>
    public static Told? ReadTold(NpgsqlDataReader reader) =>
        Data.Told.From(
            reader.GetString(1),
            reader.GetInt32(2),
            reader.GetFieldValue<DateTimeOffset>(3),
            reader.GetString(4)
        );

    /// <summary>Notes how far the facts have come: to the last event that is stored.</summary>
    public static Task NoteProjection(this AnalyticsDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO projection (id, seq, as_of) VALUES (1, currval('event_seq'), clock_timestamp())
            ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, as_of = excluded.as_of
            """,
            ct
        );

    public static NpgsqlCommand Command(this AnalyticsDbContext db, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
        command.Transaction = (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
