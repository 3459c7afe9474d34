using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Messaging;

/// <summary>One transaction around a piece of work, whoever opened it.</summary>
public static class Transactions
{
    /// <summary>
    /// Runs <paramref name="work"/> and saves, in the transaction that is already open (the idempotency filter's, a consumer's) or else in one of its own,
    /// which it commits.
    /// </summary>
    public static async Task<T> InTransaction<T>(
        this DbContext db,
        Func<CancellationToken, Task<T>> work,
        CancellationToken ct
    )
    {
        if (db.Database.CurrentTransaction is not null)
        {
            var joined = await work(ct);
            await db.SaveChangesAsync(ct);
            return joined;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var result = await work(ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None); // the outcome of a commit is worth waiting for
        return result;
    }

    /// <inheritdoc cref="InTransaction{T}"/>
    public static Task InTransaction(this DbContext db, Func<CancellationToken, Task> work, CancellationToken ct) =>
        db.InTransaction(
            async token =>
            {
                await work(token);
                return true;
            },
            ct
        );
}
