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
    )
    {
        if (!CommandTable.Of(Command.Assign).From.Contains(ticket.Status))
            return reclassified;
        var rules = await db.CurrentRoutingRules(ct);
        var after = ticket.RoutingFacts(before.Attributes);
        var (was, route) = (rules.Route(before), rules.Route(after));
        if (was.RuleId == route.RuleId)
            return reclassified;
        var higher = route.To > was.To || (IsEmergency(after) && !IsEmergency(before));
        // What turns out less severe is taken from nobody, and what a person placed stays there unless it must go higher.
        if (!higher && (ticket.Assignee is not null && route.To < was.To || await db.WasPlacedByHand(ticket, ct)))
            return reclassified;
        var handover = await Choose(ticket, was, route, order, db, ct);
        var routed = ticket.Assign(handover, order.At);
        // Told first: whoever plays the story again changes the facts of a ticket that is in its new team, as the clocks do here.
        return reclassified with { Happenings = [.. routed.Happenings, .. reclassified.Happenings] };
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
        var why = $"now by rule {route.RuleId} (before: {was.RuleId}, {ticket.Assignee ?? "nobody"} of {ticket.Team})";
        var staff = await db.People(ct);
        if (staff.Suits(ticket.Assignee, route))
            return Automatic(ticket.Assignee, $"{why}; {ticket.Assignee} keeps it");
        var load = await db.Workload(staff, ct);
        var choice = Assignment.Choose(staff, load, Wanted.For(ticket, route), order.At);
        await db.NoteGiven(load, ct);
        return Automatic(choice.Agent, $"{why}; {choice.Explanation}");

        Handover Automatic(string? assignee, string explanation) =>
            new(route.Team, assignee, order.By, explanation, Automatic: true, Route: route);
    }

    private static bool IsEmergency(RoutingFacts facts) => facts.Category is Category.EmergencySupport;
}
