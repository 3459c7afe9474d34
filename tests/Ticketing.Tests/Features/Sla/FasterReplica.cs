using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>Does once what another replica may do between a look at the clocks and the locks on their tickets: nothing is due there any more.</summary>
internal sealed class FasterReplica(Replicas replicas, string policy, TimeSpan later) : DbCommandInterceptor
{
    private int _was;

    public bool Was => Volatile.Read(ref _was) == 2;

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        if (!command.CommandText.Contains("FOR UPDATE OF t SKIP LOCKED", StringComparison.Ordinal))
            return result;
        if (Volatile.Read(ref _was) == 1)
            Volatile.Write(ref _was, 2); // the timer has been round once more since
        if (Volatile.Read(ref _was) > 0)
            return result;
        await using var other = replicas.Db();
        var (due, next) = (replicas.Clock.GetUtcNow(), replicas.Clock.GetUtcNow() + later);
        var moved = await other
            .Clocks.Where(clock => clock.PolicyId == policy && clock.NextStepAt <= due)
            .ExecuteUpdateAsync(set => set.SetProperty(clock => clock.NextStepAt, next), cancellationToken);
        if (moved > 0)
            Volatile.Write(ref _was, 1);
        return result;
    }
}
