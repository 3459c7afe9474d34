using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CustomerFeedback.Messaging;

/// <summary>What waits for a commit, whoever opened the transaction: signals to workers, and to the relay.</summary>
public static class Commits
{
    private sealed record Waiting(DbContextId Of, List<Action> Signals);

    private static readonly ConditionalWeakTable<DbContext, Waiting> All = [];

    /// <summary>Runs when what this context does now is committed, and never if it is not: to wake a worker.</summary>
    public static void AfterCommit(this DbContext db, Action signal)
    {
        // A context comes from a pool: what an earlier use of it left behind is not this one's.
        if (!All.TryGetValue(db, out var waiting) || waiting.Of != db.ContextId)
        {
            waiting = new(db.ContextId, []);
            All.AddOrUpdate(db, waiting);
        }

        if (!waiting.Signals.Contains(signal))
            waiting.Signals.Add(signal);
    }

    internal static void Run(DbContext? db)
    {
        if (db is null || !All.TryGetValue(db, out var waiting))
            return;
        All.Remove(db);
        if (waiting.Of != db.ContextId)
            return;
        foreach (var signal in waiting.Signals)
            signal();
    }
}

/// <summary>Notices commits, of SaveChanges alone or of an outer transaction, and has the relay told of saved outbox rows.</summary>
internal sealed class CommitWatch(RelaySignal relay) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        var added = eventData.Context?.ChangeTracker.Entries<OutboxRow>().Any(e => e.State == EntityState.Added);
        if (added is true)
            eventData.Context!.AfterCommit(relay.Wake);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(SavingChanges(eventData, result));

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        if (eventData.Context?.Database.CurrentTransaction is null)
            Commits.Run(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(SavedChanges(eventData, result));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Commits.Run(eventData.Context);

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Commits.Run(eventData.Context);
        return Task.CompletedTask;
    }
}
