using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Data;

/// <summary>The rated dimensions that answers have told of.</summary>
internal sealed class RatedDimensions(AnalyticsDbContext db)
{
    // The totals of all time: a few rows at the head of the primary key.
    private const string Sql = """
        SELECT DISTINCT split_part(substr(measure, 7), '@', 1)
        FROM facts.rollups
        WHERE view = '' AND grain = 'all' AND measure LIKE 'score:%'
        """;

    public async Task<IReadOnlySet<string>> Known(CancellationToken ct) =>
        (await db.Database.SqlQueryRaw<string>(Sql).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
}
