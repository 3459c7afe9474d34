using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Features.Storing;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Tests.Features.Storing;

/// <summary>The store of one test, and what can be said of it as a whole.</summary>
internal static class Store
{
    public static readonly NumbersOptions Options = new();

    public static async Task<int> Keep(this TestDatabase<AnalyticsDbContext> database, IEnumerable<Envelope> batch)
    {
        await using var db = database.Context();
        using var lag = new ProjectionLag(new Backlog(TimeProvider.System), TimeProvider.System);
        return await new StoreEvents(Projector(db), lag).Consume([.. batch], TestContext.Current.CancellationToken);
    }

    public static Projector Projector(AnalyticsDbContext db) =>
        new(db, Microsoft.Extensions.Options.Options.Create(Options));

    /// <summary>Everything in the facts and rollups, row by row, in an order of its own.</summary>
    public static async Task<List<string>> Everything(this TestDatabase<AnalyticsDbContext> database)
    {
        await using var db = database.Context();
        return await db
            .Database.SqlQueryRaw<string>(
                """
                SELECT t::text AS "Value" FROM facts.ticket_facts t UNION ALL SELECT t::text FROM facts.clock_facts t
                UNION ALL SELECT t::text FROM facts.response_facts t UNION ALL SELECT t::text FROM facts.response_scores t
                UNION ALL SELECT t::text FROM facts.invitation_facts t UNION ALL SELECT t::text FROM facts.rollups t WHERE n <> 0 ORDER BY 1
                """
            )
            .ToListAsync();
    }

    /// <summary>The rollups as a sum over the stored facts gives them.</summary>
    public static async Task<List<RollupRow>> Recomputed(this TestDatabase<AnalyticsDbContext> database)
    {
        await using var db = database.Context();
        var cells = new RollupCells(Options.CompanyZone);
        foreach (var ticket in await db.Tickets.ToListAsync())
            cells.Add(ThreadFacts.None with { Ticket = ticket }, 1);
        cells.Add(
            new(
                null,
                await db.Clocks.ToListAsync(),
                await db.Responses.ToListAsync(),
                await db.Scores.ToListAsync(),
                await db.Invitations.ToListAsync()
            ),
            1
        );
        return cells.Rows();
    }

    public static async Task<List<RollupRow>> Rollups(this TestDatabase<AnalyticsDbContext> database)
    {
        await using var db = database.Context();
        var rows = await db.Rollups.AsNoTracking().Where(row => row.N != 0).ToListAsync();
        return
        [
            .. rows.OrderBy(row => row.View, StringComparer.Ordinal)
                .ThenBy(row => row.Grain, StringComparer.Ordinal)
                .ThenBy(row => row.Measure, StringComparer.Ordinal)
                .ThenBy(row => row.Bucket)
                .ThenBy(row => row.Key, StringComparer.Ordinal)
                .ThenBy(row => row.Bin),
        ];
    }

    public static async Task<T> Scalar<T>(this TestDatabase<AnalyticsDbContext> database, string sql)
    {
        await using var db = database.Context();
        return await db.Database.SqlQueryRaw<T>(sql).SingleAsync();
    }
}
