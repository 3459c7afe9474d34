using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Data.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>
/// Stores events and brings facts and rollups up to date with them, in one transaction. Facts are derived anew from all events of the threads that got new
/// ones; rollups get the difference between the facts that were there and those that are now.
/// </summary>
internal sealed class Projector(AnalyticsDbContext db, IOptions<NumbersOptions> options)
{
    private readonly ProjectionTables _tables = ProjectionTables.Of(db.Model);

    /// <summary>Keeps what is new of the events; says how many were.</summary>
    public async Task<int> Store(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // One writer at a time, however many replicas: no deadlocks, nobody misses another's event of the same thread, and events are numbered in the order in
        // which they become visible.
        await db.Lock(ct);
        var (fresh, threads) = await db.Insert(events, ThreadFacts.Types, ct);
        if (fresh == 0)
            return 0;
        if (threads.Length > 0)
            await Project(threads, AnalyticsDbContext.FactsSchema, ct);
        await db.NoteProjection(ct);
        await transaction.CommitAsync(CancellationToken.None); // the outcome of a commit is worth waiting for
        return fresh;
    }

    /// <summary>Derives the facts of some threads anew and moves the rollups by the difference; in the transaction that is open.</summary>
    public async Task Project(string[] threads, string schema, CancellationToken ct)
    {
        var told = await db.Told(threads, ThreadFacts.Types, ct);
        var old = await Known(threads, schema, ct);
        var cells = new RollupCells(options.Value.CompanyZone);
        var changed = new FactRows();
        foreach (var events in told)
        {
            var before = old.GetValueOrDefault(events.Key) ?? ThreadFacts.None;
            var now = ThreadFacts.Of(events.Key, events);
            cells.Add(before, -1);
            cells.Add(now, 1);
            changed.AddChanged(before, now);
        }

        await Write(changed, cells.Rows(), schema, ct);
    }

    private async Task Write(FactRows facts, List<RollupRow> rollups, string schema, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        batch.Transaction = (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        Add(_tables.Tickets, facts.Tickets);
        Add(_tables.Clocks, facts.Clocks);
        Add(_tables.Responses, facts.Responses);
        Add(_tables.Scores, facts.Scores);
        Add(_tables.Invitations, facts.Invitations);
        Add(_tables.Rollups, rollups);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);

        void Add<T>(FactWrites table, List<T> rows)
            where T : class
        {
            if (rows.Count > 0)
                batch.BatchCommands.Add(table.Upsert(schema, rows));
        }
    }

    /// <summary>The facts that the rollups hold now.</summary>
    private async Task<Dictionary<string, ThreadFacts>> Known(string[] threads, string schema, CancellationToken ct)
    {
        var tickets = await Rows<TicketFact>("ticket_facts", "number", threads);
        var clocks = (await Rows<ClockFact>("clock_facts", "number", threads)).ToLookup(c => c.Number);
        var responses = (await Rows<ResponseFact>("response_facts", "thread", threads)).ToLookup(r => r.Thread);
        Guid[] answered = [.. responses.SelectMany(r => r).Select(r => r.ResponseId)];
        var scores = answered.Length == 0 ? [] : await Rows<ResponseScore>("response_scores", "response_id", answered);
        var scored = scores.ToLookup(s => s.ResponseId);
        var invitations = (await Rows<InvitationFact>("invitation_facts", "thread", threads)).ToLookup(i => i.Thread);
        var ticket = tickets.ToDictionary(t => t.Number);
        return threads.ToDictionary(
            thread => thread,
            thread => new ThreadFacts(
                ticket.GetValueOrDefault(thread),
                [.. clocks[thread]],
                [.. responses[thread]],
                [.. responses[thread].SelectMany(r => scored[r.ResponseId])],
                [.. invitations[thread]]
            )
        );

        // Names of ours, no values.
#pragma warning disable EF1002, S2077
        Task<List<T>> Rows<T>(string table, string column, Array keys)
            where T : class =>
            db.Set<T>()
                .FromSqlRaw($"SELECT * FROM {schema}.{table} WHERE {column} = ANY ({{0}})", keys)
                .AsNoTracking()
                .ToListAsync(ct);
#pragma warning restore EF1002, S2077
    }
}
