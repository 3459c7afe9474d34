using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Tickets;

/// <summary>
/// What somebody is told who was given a ticket: customer, problem, every deadline. For the service that tells them, which asks at the moment of
/// sending: so it is what holds then, and nobody is told of what has passed on meanwhile.
/// </summary>
internal static class GetBriefing
{
    private const string Reassigned = "reassigned";
    private const string NotOpen = "not_open";

    /// <param name="Customer">The name, masked as everywhere here.</param>
    internal sealed record Briefing(
        string? Customer,
        Segment Segment,
        Category Category,
        Subcategory Subcategory,
        int? ComplaintLevel,
        Urgency Urgency,
        Emotion Emotion,
        IReadOnlyList<Deadline> Deadlines
    );

    /// <param name="DueAt">Null while it is paused.</param>
    internal sealed record Deadline(ClockName Clock, DateTimeOffset? DueAt);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/tickets/{number}/briefing", Handle).ExcludeFromDescription();

    private static async Task<IResult> Handle(
        string number,
        string assignee,
        TicketingDbContext db,
        CancellationToken ct
    )
    {
        var ticket = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(ticket => ticket.Number == number, ct);
        if (ticket is null)
            return Problem.NotFound();
        if (ticket.Assignee != assignee)
            return Problem.Refused(StatusCodes.Status409Conflict, Reassigned, "Somebody else has it now.");
        if (!CommandTable.Of(Command.Assign).From.Contains(ticket.Status))
            return Problem.Refused(StatusCodes.Status409Conflict, NotOpen, "It is not being worked on any more.");
        var deadlines = await db
            .Clocks.Where(clock => clock.TicketId == ticket.Id && clock.EndedAt == null)
            .OrderBy(clock => clock.DueAt)
            .ThenBy(clock => clock.Id)
            .Select(clock => new Deadline(clock.Clock, clock.DueAt))
            .ToListAsync(ct);
        return TypedResults.Ok(
            new Briefing(
                ticket.Origin.MaskedName,
                ticket.Origin.Segment,
                ticket.Category,
                ticket.Subcategory,
                ticket.ComplaintLevel,
                ticket.Urgency,
                ticket.Emotion,
                deadlines
            )
        );
    }
}
