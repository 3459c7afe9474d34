using System.Data;
using System.Diagnostics;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Features.Storing;
using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CustomerFeedback.Analytics.Features.Rebuilding;

/// <summary>What a rebuild found.</summary>
/// <param name="Events">Replayed.</param>
/// <param name="Threads">The threads that they belong to.</param>
/// <param name="ChecksumBefore">Over all facts and rollups as they were at the swap.</param>
/// <param name="ChecksumAfter">Over those that took their place, with the same events in them.</param>
internal sealed record RebuildOutcome(
    long Events,
    long Threads,
    string ChecksumBefore,
    string ChecksumAfter,
    bool Equal,
    double Seconds
);

/// <summary>
/// Makes facts and rollups anew beside the real ones and puts them in their place. Storing and asking go on meanwhile; only the last step, catching up with what
/// came in between and comparing the two, holds the writers up.
/// </summary>
internal sealed class Rebuild(
    AnalyticsDbContext db,
    Projector projector,
    IOptions<ConnectionOptions> servers,
    IOptions<NumbersOptions> options
)
{
    private const string Beside = "facts_next";
    private const int Page = 5000;
    private const int ManyCells = 100_000;
    private readonly ProjectionTables _tables = ProjectionTables.Of(db.Model);

    public async Task<RebuildOutcome> Run(Func<double, Task> tell, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await db.MakeBeside(ct);
        var (upTo, events, threads) = await Replay(tell, ct);
        await db.AnalyzeBeside(ct);
        await tell(0.9);
        // What came in meanwhile, until little is left for the moment in which the writers wait.
        for (var (round, some) = (0, long.MaxValue); round < 5 && some > 1000; round++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            (upTo, some) = await CatchUp(upTo, ct);
            await transaction.CommitAsync(ct);
            events += some;
        }

        await using var swap = await db.Database.BeginTransactionAsync(ct);
        await db.Lock(ct);
        (_, var last) = await CatchUp(upTo, ct);
        var before = await db.Checksum(AnalyticsDbContext.FactsSchema, ct);
        var after = await db.Checksum(Beside, ct);
        await db.SwapBeside(ct);
        await swap.CommitAsync(CancellationToken.None);
        await db.DropPast(ct);
        return new(events + last, threads, before, after, before == after, Math.Round(watch.Elapsed.TotalSeconds, 3));
    }

    /// <summary>All events of one moment, thread by thread, into empty tables.</summary>
    private async Task<(long UpTo, long Events, long Threads)> Replay(Func<double, Task> tell, CancellationToken ct)
    {
        await using var writer = new NpgsqlConnection(servers.Value.Address);
        await writer.OpenAsync(ct);
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var upTo = await db.LastSeq(ct);
        var expected = await db.Events.LongCountAsync(ct);
        var (events, threads, flushed) = (0L, 0L, 0L);
        var (facts, cells) = (new FactRows(), new RollupCells(options.Value.CompanyZone));
        await foreach (var (thread, story) in db.Threads(ThreadFacts.Types, ct))
        {
            var now = ThreadFacts.Of(thread, story);
            facts.AddChanged(ThreadFacts.None, now);
            cells.Add(now, 1);
            (events, threads) = (events + story.Count, threads + 1);
            if (events - flushed < Page)
                continue;
            flushed = events;
            await Copy(writer, facts, ct);
            if (cells.Count > ManyCells)
                await Add(writer, cells, ct);
            await tell(Math.Round(0.9 * events / Math.Max(events, expected), 3));
        }

        await Copy(writer, facts, ct);
        await Add(writer, cells, ct);
        return (upTo, events, threads);
    }

    private async Task Copy(NpgsqlConnection writer, FactRows facts, CancellationToken ct)
    {
        await _tables.Tickets.Copy(writer, Beside, facts.Tickets, ct);
        await _tables.Clocks.Copy(writer, Beside, facts.Clocks, ct);
        await _tables.Responses.Copy(writer, Beside, facts.Responses, ct);
        await _tables.Scores.Copy(writer, Beside, facts.Scores, ct);
        await _tables.Invitations.Copy(writer, Beside, facts.Invitations, ct);
        facts.Clear();
    }

    private async Task Add(NpgsqlConnection writer, RollupCells cells, CancellationToken ct)
    {
        if (cells.Count == 0)
            return;
        await using var batch = new NpgsqlBatch(writer) { Timeout = 0 };
        batch.BatchCommands.Add(_tables.Rollups.Upsert(Beside, cells.Rows()));
        await batch.ExecuteNonQueryAsync(ct);
        cells.Clear();
    }

    /// <summary>The threads that got events since, as the projector does it.</summary>
    private async Task<(long UpTo, long Events)> CatchUp(long since, CancellationToken ct)
    {
        var upTo = await db.LastSeq(ct);
        var (events, threads) = await db.Since(since, upTo, ThreadFacts.Types, ct);
        foreach (var some in threads.Chunk(1000))
            await projector.Project(some, Beside, ct);
        return (upTo, events);
    }
}
