using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CustomerFeedback.Survey.Data;

/// <summary>Runs what was asked for with <see cref="SurveyDbContext.AfterCommit"/> once the transaction is committed, whoever opened it.</summary>
internal sealed class RunAfterCommit : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        (eventData.Context as SurveyDbContext)?.Committed();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        (eventData.Context as SurveyDbContext)?.Committed();
        return Task.CompletedTask;
    }
}
