using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>
/// Applies a rebase in batches, each in a transaction of its own with its tickets locked. Decided after the lock, so that another
/// replica's rebase, the timer or a command between finding and locking does no harm; repeated, it finds nothing left to do.
/// </summary>
internal sealed class RebaseBatches(IServiceScopeFactory scopes, TimeProvider time, ILogger<RebaseBatches> log)
{
    private const int BatchSize = 100;

    /// <summary>How many tickets one call works through; who has more calls again.</summary>
    private const int MostTickets = 5_000;

    /// <summary>How many tickets were changed, and their clocks.</summary>
    /// <param name="only">Null for all.</param>
    public async Task<(int Tickets, IReadOnlyList<RebaseItem> Items)> Apply(
        RebaseScope scope,
        Guid[]? only,
        string by,
        CancellationToken ct
    )
    {
        var items = new List<RebaseItem>();
        var (after, looked) = (Guid.Empty, 0);
        while (looked < MostTickets)
        {
            var batch = await ApplyBatch(scope, only, after, by, items, ct);
            if (batch.Length == 0)
                break;
            // Forward only: whatever a ticket is like afterwards, it is not looked at twice.
            (after, looked) = (batch[^1], looked + batch.Length);
        }

        var tickets = items.DistinctBy(item => item.Ticket).Count();
        if (tickets > 0)
            Log.SlaRebased(log, by, items.Count, tickets);
        return (tickets, items);
    }

    private async Task<Guid[]> ApplyBatch(
        RebaseScope scope,
        Guid[]? only,
        Guid after,
        string by,
        List<RebaseItem> items,
        CancellationToken ct
    )
    {
        await using var services = scopes.CreateAsyncScope();
        var db = services.ServiceProvider.GetRequiredService<TicketingDbContext>();
        var clocks = services.ServiceProvider.GetRequiredService<Clockwork>();
        Guid[] ids = [.. await db.StaleTickets(scope, only, after, BatchSize, ct)];
        if (ids.Length == 0)
            return ids;
        var climb = services.ServiceProvider.GetRequiredService<Climb>();
        items.AddRange(await db.InTransaction(token => Rebase(ids, scope, by, db, clocks, climb, token), ct));
        return ids;
    }

    private async Task<IReadOnlyList<RebaseItem>> Rebase(
        Guid[] ids,
        RebaseScope scope,
        string by,
        TicketingDbContext db,
        Clockwork clocks,
        Climb climb,
        CancellationToken ct
    )
    {
        var now = Instants.Truncate(time.GetUtcNow());
        var tickets = await db.LockedInOrder(ids, ct);
        await clocks.Gather(ids, ct);
        // A breach may climb the ladder at once: its steps name people.
        var people = await EscalationRecipients.Read(db, ct);
        var items = new List<RebaseItem>();
        foreach (var ticket in tickets)
        {
            var at = ticket.At(now);
            var rebase = await clocks.Rebase(ticket, scope, by, at, ct);
            if (rebase.Changes.Count == 0)
                continue;
            RebaseItem[] moved = [.. rebase.Clocks.Select(rebased => RebaseItem.Of(ticket, rebased, scope))];
            var story = new Announcement(ticket, by, at);
            if (moved.Length > 0)
                story.Tell("sla_rebased", new { clocks = moved.Select(Told) });
            await climb.Tell(story, rebase.Changes, people, ct);
            story.Into(db);
            items.AddRange(moved);
        }
        return items;
    }

    private static object Told(RebaseItem item) =>
        new
        {
            item.Clock,
            item.Instance,
            item.Policy,
            item.Calendar,
            item.Outcome,
        };
}
