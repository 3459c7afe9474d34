using CustomerFeedback.Analytics.Data;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Tests.Data;

/// <summary>The tables as the migration's SQL makes them.</summary>
public sealed class StoreAndFactsTests
{
    [Fact]
    public async Task Every_table_has_the_columns_that_the_model_reads()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var db = database.Context();
        (await db.Events.CountAsync()).ShouldBe(0);
        (await db.Projections.CountAsync()).ShouldBe(0);
        (await db.Jobs.ToListAsync()).ShouldBeEmpty();
        (await db.Tickets.ToListAsync()).ShouldBeEmpty();
        (await db.Clocks.ToListAsync()).ShouldBeEmpty();
        (await db.Responses.ToListAsync()).ShouldBeEmpty();
        (await db.Scores.ToListAsync()).ShouldBeEmpty();
        (await db.Invitations.ToListAsync()).ShouldBeEmpty();
        (await db.Rollups.ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_partition_takes_over_what_came_before_it_and_no_time_is_refused()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var db = database.Context();
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO events (id, type, thread, subject_id, version, occurred_at, body)
            SELECT gen_random_uuid(), 'Old', 'a', 'a', 1, t, '{{}}' FROM unnest('{{1999-12-31T23:59:59Z, 2000-01-01T00:00:00Z, 2000-01-31T23:59:59Z, 2000-02-01T00:00:00Z}}'::timestamptz[]) t;
            SELECT make_partition('events', '2000-01-01'); SELECT make_partition('events', '2000-01-01');
            """
        );
        (await Count(db, "events_2000_01")).ShouldBe(2);
        (await Count(db, "events_default")).ShouldBe(2);
        (await db.Events.CountAsync()).ShouldBe(4);
    }

    [Fact]
    public async Task A_copied_schema_has_the_same_tables_partitions_and_indexes()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var db = database.Context();
        await db.Database.ExecuteSqlRawAsync("SELECT copy_schema('facts', 'facts_copy')");
        const string shape = """
            SELECT string_agg(c.relname || c.relkind::text || coalesce(array_to_string(c.reloptions, ','), '') || coalesce(pg_get_expr(c.relpartbound, c.oid), '') || (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid), ' ' ORDER BY c.relname) AS "Value"
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname = {0}
            """;
        var copy = await db.Database.SqlQueryRaw<string>(shape, "facts_copy").SingleAsync();
        copy.ShouldBe(await db.Database.SqlQueryRaw<string>(shape, "facts").SingleAsync());
        copy.ShouldContain("response_facts_default");
    }

    private static Task<int> Count(AnalyticsDbContext db, string partition) =>
        db
            .Database.SqlQuery<int>(
                $"SELECT count(*)::int AS \"Value\" FROM events WHERE tableoid::regclass::text = {partition}"
            )
            .SingleAsync();
}
