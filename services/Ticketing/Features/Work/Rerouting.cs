using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Routing;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>What is another kind of work than it seemed goes to whom the rules name for that.</summary>
internal static class Rerouting
{
    /// <summary>Adds to the correction of facts who gets the ticket now, where another rule matches; one decision, so that the clocks see both.</summary>
    /// <param name="before">What the rules looked at before.</param>
    public static async Task<Decision> RouteAnew(
        this Decision reclassified,
        RoutingFacts before,
        Ticket ticket,
        Order order,
        TicketingDbContext db,
        CancellationToken ct
    ) =>
        await Elsewhere(before, ticket, [], db, ct) is var (was, route)
            ? reclassified.After(ticket, await Choose(ticket, was, route, order, db, ct), order.At)
            : reclassified;

    /// <summary>
    /// The same where a step of a ladder raised the urgency. It takes the ticket to its new queue and chooses nobody: many tickets may be raised
    /// in one transaction, and whoever gives out what waits is woken by its end, sees what everybody has then, and takes what is most urgent first.
    /// </summary>
    /// <param name="told">Lines of the ticket's story that are not stored yet.</param>
    public static async Task<Decision> QueueAnew(
        this Decision raised,
        RoutingFacts before,
        Ticket ticket,
        Order order,
        IReadOnlyList<TimelineEntry> told,
        TicketingDbContext db,
        CancellationToken ct
    )
    {
        if (await Elsewhere(before, ticket, told, db, ct) is not var (was, route))
            return raised;
        var handover =
            Kept(ticket, was, route, order, await db.People(ct))
            ?? Automatic(null, $"{Why(ticket, was, route)}; it waits in the queue of {route.Team}", route, order);
        return raised.After(ticket, handover, order.At);
    }

    // Told first: whoever plays the story again changes the facts of a ticket that is in its new team, as the clocks do here.
    private static Decision After(this Decision reclassified, Ticket ticket, Handover handover, DateTimeOffset at) =>
        reclassified with
        {
            Happenings = [.. ticket.Assign(handover, at).Happenings, .. reclassified.Happenings],
        };

    /// <summary>The rule that sent it where it is and the one that sends it elsewhere now; null where it stays.</summary>
    private static async Task<(Destination Was, Destination Now)?> Elsewhere(
        RoutingFacts before,
        Ticket ticket,
        IReadOnlyList<TimelineEntry> told,
        TicketingDbContext db,
        CancellationToken ct
    )
    {
        if (!CommandTable.Of(Command.Assign).From.Contains(ticket.Status))
            return null;
        var rules = await db.CurrentRoutingRules(ct);
        var after = ticket.RoutingFacts(before.Attributes);
        var (was, route) = (rules.Route(before), rules.Route(after));
        if (was.RuleId == route.RuleId)
            return null;
        var higher = route.To > was.To || (IsEmergency(after) && !IsEmergency(before));
        // What turns out less severe is taken from nobody, and what a person placed stays there unless it must go higher.
        if (!higher && (ticket.Assignee is not null && route.To < was.To || await db.WasPlacedByHand(ticket, ct, told)))
            return null;
        return (was, route);
    }

    private static async Task<Handover> Choose(
        Ticket ticket,
        Destination was,
        Destination route,
        Order order,
        TicketingDbContext db,
        CancellationToken ct
    )
    {
        var staff = await db.People(ct);
        if (Kept(ticket, was, route, order, staff) is { } kept)
            return kept;
        var load = await db.Workload(staff, ct);
        var choice = Assignment.Choose(staff, load, Wanted.For(ticket, route), order.At);
        await db.NoteGiven(load, ct);
        return Automatic(choice.Agent, $"{Why(ticket, was, route)}; {choice.Explanation}", route, order);
    }

    private static Handover? Kept(Ticket ticket, Destination was, Destination route, Order order, Staff staff) =>
        staff.Suits(ticket.Assignee, route)
            ? Automatic(ticket.Assignee, $"{Why(ticket, was, route)}; {ticket.Assignee} keeps it", route, order)
            : null;

    private static Handover Automatic(string? assignee, string explanation, Destination route, Order order) =>
        new(route.Team, assignee, order.By, explanation, Automatic: true, Route: route);

    private static string Why(Ticket ticket, Destination was, Destination route) =>
        $"now by rule {route.RuleId} (before: {was.RuleId}, {ticket.Assignee ?? "nobody"} of {ticket.Team})";

    private static bool IsEmergency(RoutingFacts facts) => facts.Category is Category.EmergencySupport;
}
