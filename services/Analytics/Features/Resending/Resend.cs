using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Contracts;
using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Features.Resending;

/// <summary>What was told again.</summary>
/// <param name="Events">Stored events of the stretch that the service consumes.</param>
/// <param name="Messages">One for each queue of the service that takes such an event.</param>
internal sealed record ResendOutcome(long Events, long Messages);

/// <summary>Puts stored events into the outbox, each for the queues of one service. Begun again after a crash it sends some of them twice, which their ids tell.</summary>
internal sealed class Resend(AnalyticsDbContext db, IServiceScopeFactory scopes)
{
    private const int Page = 500;

    public async Task<ResendOutcome> Run(ResendOrder order, Func<double, Task> tell, CancellationToken ct)
    {
        var takers = EventTable
            .Rows.Select(row => (row.Event, Queues: QueuesOf(row, order.Service)))
            .Where(row => row.Queues.Length > 0)
            .ToDictionary(row => row.Event.Name, StringComparer.Ordinal);
        var types = takers.Keys.ToArray();
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        var stretch = db
            .Events.AsNoTracking()
            .Where(e => e.OccurredAt >= order.From && e.OccurredAt < order.To && types.Contains(e.Type))
            .OrderBy(e => e.Seq)
            .Select(e => new
            {
                e.Id,
                e.Type,
                e.Body,
            });
        var expected = await stretch.LongCountAsync(ct);
        var (events, messages) = (0L, 0L);
        await using var beside = scopes.CreateAsyncScope(); // this connection is busy reading
        var writer = beside.ServiceProvider.GetRequiredService<AnalyticsDbContext>();
        await foreach (var page in stretch.AsAsyncEnumerable().Chunk(Page).WithCancellation(ct))
        {
            foreach (var told in page)
            {
                var (type, queues) = takers[told.Type];
                foreach (var queue in queues)
                    writer.Add(OutboxRow.Again(type, told.Id, told.Body, queue));
                messages += queues.Length;
            }
            await writer.SaveChangesAsync(ct);
            writer.ChangeTracker.Clear();
            events += page.Length;
            await tell(Math.Round((double)events / Math.Max(events, expected), 3));
        }

        return new(events, messages);
    }

    private static string[] QueuesOf(EventTable.Row row, string service) =>
        [.. row.Queues.Where(queue => queue.StartsWith($"{service}-", StringComparison.Ordinal))];
}
