using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>Runs what was asked for with <see cref="TicketingDbContext.AfterCommit"/> once the transaction is committed, whoever opened it.</summary>
internal sealed class RunAfterCommit : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        (eventData.Context as TicketingDbContext)?.Committed();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        (eventData.Context as TicketingDbContext)?.Committed();
        return Task.CompletedTask;
    }
}
