using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Data;

/// <summary>Reading the whole store, and telling two sets of facts apart.</summary>
internal static class ReplaySql
{
    private static readonly string[] Tables =
    [
        "ticket_facts",
        "clock_facts",
        "response_facts",
        "response_scores",
        "invitation_facts",
        "rollups",
    ];

    /// <summary>Empty tables beside the real ones; what an interrupted rebuild left behind goes first.</summary>
    public static Task MakeBeside(this AnalyticsDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            DROP SCHEMA IF EXISTS facts_next CASCADE; DROP SCHEMA IF EXISTS facts_past CASCADE; SELECT copy_schema('facts', 'facts_next')
            """,
            ct
        );

    public static Task AnalyzeBeside(this AnalyticsDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            ANALYZE facts_next.ticket_facts; ANALYZE facts_next.clock_facts; ANALYZE facts_next.response_facts;
            ANALYZE facts_next.response_scores; ANALYZE facts_next.invitation_facts; ANALYZE facts_next.rollups
            """,
            ct
        );

    /// <summary>One name for the other: whoever asks next gets the new tables, whoever is reading goes on with the old ones.</summary>
    public static Task SwapBeside(this AnalyticsDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"ALTER SCHEMA facts RENAME TO facts_past; ALTER SCHEMA facts_next RENAME TO facts",
            ct
        );

    /// <summary>Apart from the swap: it waits for those who still read the old tables.</summary>
    public static Task DropPast(this AnalyticsDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"DROP SCHEMA facts_past CASCADE", ct);

    /// <summary>The last event that this transaction sees. Events are numbered under the writers' lock, so all before it are there too.</summary>
    public static Task<long> LastSeq(this AnalyticsDbContext db, CancellationToken ct) =>
        db.Database.SqlQuery<long>($"SELECT coalesce(max(seq), 0) AS \"Value\" FROM events").SingleAsync(ct);

    /// <summary>Every thread with all of its events, streamed.</summary>
    public static async IAsyncEnumerable<(string Thread, IReadOnlyList<Told> Events)> Threads(
        this AnalyticsDbContext db,
        IEnumerable<string> types,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var command = db.Command(
            "SELECT thread, type, version, occurred_at, body::text FROM events WHERE type = ANY ($1) ORDER BY thread",
            (object)types.ToArray() // one array, not its words
        );
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        string? thread = null;
        List<Told> story = [];
        while (await reader.ReadAsync(ct))
        {
            var next = reader.GetString(0);
            if (thread is not null && thread != next)
            {
                yield return (thread, story);
                story = [];
            }
            thread = next;
            if (EventSql.ReadTold(reader) is { } told)
                story.Add(told);
        }

        if (thread is not null)
            yield return (thread, story);
    }

    /// <summary>How many events were stored in between, and the threads that they belong to.</summary>
    public static async Task<(long Events, string[] Threads)> Since(
        this AnalyticsDbContext db,
        long after,
        long upTo,
        IEnumerable<string> types,
        CancellationToken ct
    )
    {
        await using var command = db.Command(
            "SELECT thread, count(*) FROM events WHERE seq > $1 AND seq <= $2 AND type = ANY ($3) GROUP BY thread ORDER BY thread",
            after,
            upTo,
            types.ToArray()
        );
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (events, threads) = (0L, new List<string>());
        while (await reader.ReadAsync(ct))
        {
            threads.Add(reader.GetString(0));
            events += reader.GetInt64(1);
        }

        return (events, [.. threads]);
    }

    /// <summary>A sum over every row of facts and rollups: the same for the same rows, in whatever order they were written.</summary>
    public static async Task<string> Checksum(this AnalyticsDbContext db, string schema, CancellationToken ct)
    {
        // A sum of nothing that a correction left behind is nothing.
        var sql = string.Join(
            " UNION ALL ",
            Tables.Select(
                (table, at) =>
                    $"SELECT {at} AS part, count(*) AS rows, sum(hashtextextended(t::text, {at})::numeric) AS total FROM {schema}.{table} t"
                    + (table == "rollups" ? " WHERE n <> 0" : "")
            )
        );
        await using var command = db.Command(
            $"SELECT md5(string_agg(part || ':' || rows || ':' || coalesce(total, 0), ' ' ORDER BY part)) FROM ({sql}) AS sums"
        );
        command.CommandTimeout = 0;
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }
}
