using System.Text.Json.Serialization;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>One clock of a rebase, before and after.</summary>
/// <param name="Clock">Its name.</param>
/// <param name="NewTarget">Null where the present version promises nothing of the kind: the clock is cancelled.</param>
/// <param name="NewDueAt">Null while it is paused, and where it is cancelled.</param>
internal sealed record RebaseItem(
    string Ticket,
    ClockName Clock,
    Guid Instance,
    RebaseItem.Versions Policy,
    RebaseItem.Versions Calendar,
    TimeSpan OldTarget,
    TimeSpan? NewTarget,
    DateTimeOffset? OldDueAt,
    DateTimeOffset? NewDueAt,
    RebaseOutcome Outcome
)
{
    /// <summary>From one version to another; where the policy names another calendar now, <paramref name="ToId"/> says which.</summary>
    internal sealed record Versions(
        string Id,
        int From,
        int To,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ToId = null
    );

    public bool WouldBreach => Outcome is RebaseOutcome.Breached;

    public static RebaseItem Of(Ticket ticket, RebasedClock rebased, RebaseScope scope)
    {
        var (clock, before, after) = rebased;
        // A cancelled clock keeps its pin: what it would have been put onto is the scope's to say.
        var (from, to) = (before.Pin, scope.Onto(before.Pin, rebased.Clock.Name)!.Pin);
        var kept = rebased.Outcome is not RebaseOutcome.Cancelled;
        return new(
            ticket.Number,
            clock.Name,
            clock.Id,
            new(from.PolicyId, from.PolicyVersion, to.PolicyVersion),
            new(
                from.CalendarId,
                from.CalendarVersion,
                to.CalendarVersion,
                to.CalendarId == from.CalendarId ? null : to.CalendarId
            ),
            before.Target,
            kept ? after.Target : null,
            before.DueAt,
            kept ? after.DueAt : null,
            rebased.Outcome
        );
    }

    /// <summary>What would change on these tickets, by the same engine, in memory only.</summary>
    public static async Task<IReadOnlyList<RebaseItem>> Preview(
        Guid[] ids,
        RebaseScope scope,
        string who,
        DateTimeOffset now,
        TicketingDbContext db,
        SlaCatalog catalog,
        CancellationToken ct
    )
    {
        var tickets = await db.Tickets.AsNoTracking().Where(ticket => ids.Contains(ticket.Id)).ToListAsync(ct);
        var rows = await db.Clocks.AsNoTracking().Where(clock => ids.Contains(clock.TicketId)).ToListAsync(ct);
        var clocks = (await catalog.Restore(rows, db, ct)).ToLookup(clock => clock.TicketId);
        return
        [
            .. from ticket in tickets.OrderBy(ticket => ticket.Id)
            let book = new ClockBook(ticket.Id, [.. clocks[ticket.Id]])
            from rebased in Rebase.Of(book, scope, ticket.SlaFacts, who, ticket.At(now)).Clocks
            select Of(ticket, rebased, scope),
        ];
    }
}
