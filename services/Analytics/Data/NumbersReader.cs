using System.Data;
using CustomerFeedback.Analytics.Domain.Asking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Npgsql;

namespace CustomerFeedback.Analytics.Data;

/// <summary>What was counted for a question, as of one moment.</summary>
/// <param name="Now">What was asked for.</param>
/// <param name="Before">What it is set against; null without a comparison.</param>
/// <param name="AsOf">When the last event that is in it was stored; null while there is none.</param>
/// <param name="ServedFrom"><c>rollup</c> or <c>scan</c>.</param>
internal sealed record Counted(Cells Now, Cells? Before, DateTimeOffset? AsOf, string ServedFrom);

/// <summary>Reads a question's sums in one snapshot, ready ones where they answer it, and gives up in time.</summary>
internal sealed class NumbersReader(AnalyticsDbContext db, IOptions<NumbersOptions> options, TimeProvider clock)
{
    public async Task<Counted> Read(Question question, CancellationToken ct)
    {
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        // One snapshot: measures of one row are of the same moment.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var limit = $"{(long)options.Value.QueryTimeout.TotalMilliseconds}";
        await db.Database.ExecuteSqlAsync(
            $"SELECT set_config('transaction_read_only', 'on', true), set_config('statement_timeout', {limit}, true), set_config('jit', 'off', true)",
            ct
        );
        var asOf = await db
            .Projections.AsNoTracking()
            .Where(p => p.Id == 1)
            .Select(p => (DateTimeOffset?)p.AsOf)
            .SingleOrDefaultAsync(ct);
        var cells = await Cells(connection, question, now, ct);
        var before = question.Before() is { } earlier ? await Cells(connection, earlier, now, ct) : null;
        return new(cells, before, asOf, View(question) is null ? "scan" : "rollup");
    }

    private async Task<Cells> Cells(NpgsqlConnection connection, Question question, Instant now, CancellationToken ct)
    {
        var cells = new Cells();
        var scan = new FactScan(connection, question, now, cells);
        if (View(question) is not { } view)
        {
            await scan.Read(ct);
            return cells;
        }

        await RollupReader.Read(connection, question, view, cells, ct);
        if (question.Measures.Any(measure => measure.Fact is Domain.Measures.Fact.Clocks))
            await scan.Overdue(ct);
        return cells;
    }

    private string? View(Question question) => question.RollupView(options.Value.CompanyZone);
}
