using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Routing;
using CustomerFeedback.Ticketing.Features.Sla;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Opening;

/// <summary>Opens exactly one ticket per request, routed, its clocks running, and assigned where somebody is free. In batches: one transaction for many.</summary>
internal sealed class OpenTicketOnRequestReceived(
    TicketingDbContext db,
    Clockwork clocks,
    Climb climb,
    Alarms alarms,
    RelaySignal relay,
    TimeProvider time,
    ILogger<OpenTicketOnRequestReceived> log
) : IConsumer<Batch<RequestReceived>>
{
    public Task Consume(ConsumeContext<Batch<RequestReceived>> context) =>
        db.HandleOnce(context, (fresh, ct) => Open([.. fresh.Select(message => message.Message)], ct));

    internal async Task Open(IReadOnlyList<RequestReceived> requests, CancellationToken ct)
    {
        var now = Instants.Truncate(time.GetUtcNow());
        var rules = await db.CurrentRoutingRules(ct);
        var staff = await db.People(ct);
        var load = await db.Workload(staff, ct);
        var opened = 0;
        var assigned = 0;
        var parents = await ParentsOf(requests, ct);
        foreach (var request in await NotOpenedYet(requests, ct))
        {
            using var trace = MessageTrace.Continue(request);
            var ticket = await Open(request, rules, staff, load, parents.GetValueOrDefault(request.Number), now, ct);
            opened++;
            assigned += ticket.Assignee is null ? 0 : 1;
        }

        if (opened == 0)
            return;
        await db.CopyAddedRows(ct);
        await db.NoteGiven(load, ct);
        db.AfterCommit(relay.Wake);
        Log.Opened(log, opened, assigned);
        if (assigned < opened)
            db.AfterCommit(alarms.Waiting.Ring);
    }

    // The message is new to the inbox; the request may still be known: sent twice under two ids, or replayed after the inbox forgot it.
    private async Task<IEnumerable<RequestReceived>> NotOpenedYet(
        IReadOnlyList<RequestReceived> requests,
        CancellationToken ct
    )
    {
        var ids = requests.Select(request => request.RequestId).ToArray();
        var known = await db
            .Tickets.Where(ticket => ids.Contains(ticket.RequestId))
            .Select(ticket => ticket.RequestId)
            .ToListAsync(ct);
        // The most urgent first, so that who is free takes those; among equals, who spoke first.
        return requests
            .DistinctBy(request => request.RequestId)
            .Where(request => !known.Contains(request.RequestId))
            .OrderByDescending(request => request.Urgency)
            .ThenBy(request => request.ReceivedAt);
    }

    // What was split off another ticket, by number. That one's story has told it when it was split, so it is not locked here.
    private async Task<Dictionary<string, Parent>> ParentsOf(
        IReadOnlyList<RequestReceived> requests,
        CancellationToken ct
    )
    {
        var numbers = requests
            .Where(request => request.Source == Split.Source)
            .Select(request => request.Number)
            .ToArray();
        return numbers.Length == 0
            ? []
            : await (
                from split in db.Splits.AsNoTracking()
                where numbers.Contains(split.Number)
                join ticket in db.Tickets on split.TicketId equals ticket.Id
                select new { split.Number, Parent = new Parent(ticket.Id, ticket.Number, split.By) }
            ).ToDictionaryAsync(found => found.Number, found => found.Parent, ct);
    }

    private async Task<Ticket> Open(
        RequestReceived request,
        RoutingRules rules,
        Staff staff,
        Workload load,
        Parent? parent,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var opening = Read.Opening(request);
        var (ticket, decision) = Ticket.Open(OrderedIds.Next(now), opening, rules.Route(opening.RoutingFacts), now);
        var story = new Announcement(ticket, Announcement.System, now);
        story.Happenings(decision.Happenings);
        if (parent is not null)
        {
            db.Links.Add(TicketLink.Between(ticket, parent.Id, LinkKind.SplitFrom, parent.SplitBy, now));
            story.Happenings([new Happening.CameFrom(parent.Number)]);
        }

        var choice = Assignment.Choose(staff, load, Wanted.For(ticket), now);
        if (choice.Agent is { } agent)
        {
            var handover = new Handover(ticket.Team, agent, Announcement.System, choice.Explanation, Automatic: true);
            story.Happenings(ticket.Assign(handover, now).Happenings);
        }

        // A request from long ago may be overdue at once: steps of the ladder name people, and act.
        var people = new EscalationRecipients(staff);
        await climb.Tell(story, await clocks.Open(ticket, opening.Pin, now, ct), people, ct);
        db.Tickets.Add(ticket);
        story.Into(db);
        return ticket;
    }

    private sealed record Parent(Guid Id, string Number, string SplitBy);
}
