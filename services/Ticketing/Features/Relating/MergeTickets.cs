using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Relating;

/// <summary>Merges a ticket into another of the same customer: it is cancelled, the other one goes on, and both say so.</summary>
internal static class MergeTickets
{
    /// <param name="Into">The ticket that goes on.</param>
    internal sealed record Input(string? Into, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/merges", Handle)
            .WithName(nameof(MergeTickets))
            .Commands(Command.Merge)
            .Refuses(
                Refusal.SameTicket,
                Refusal.UnknownTicket(""),
                Refusal.AlreadyMerged(""),
                Refusal.OtherCustomer(""),
                Refusal.LinkCircle("")
            )
            .Refuses(409, Refusal.NotOpen)
            .WithSummary("Merge it into another ticket of the same customer, where the work goes on.")
            .Produces<TicketView>(StatusCodes.Status201Created)
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        Input input,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var target = checks.Name("/into", input.Into);
        var words = checks.Optional("/note", input.Note);
        if (checks.Failed(out var malformed))
            return malformed;
        if (target == number)
            return Desk.Refused(Refusal.SameTicket);
        return await desk.CommandOnTwo(
            http,
            (number, target),
            Desk.Refused(Refusal.UnknownTicket(target)),
            StatusCodes.Status201Created,
            async (ticket, into, order, token) =>
            {
                var before = await db
                    .Links.Where(link => link.TicketId == ticket.Id && link.Kind == LinkKind.MergedInto)
                    .Select(link => (Guid?)link.OtherId)
                    .SingleOrDefaultAsync(token);
                // Whether it can be merged at all is said first: only what is open is merged into.
                var open = into.Status is not (TicketStatus.Closed or TicketStatus.Cancelled);
                if (before is null && open && await db.ClosesCircle(ticket.Id, into.Id, token))
                    return new(Refusal.LinkCircle(into.Number), Decision.NothingNew);
                var merged = ticket.MergeInto(into, before, words, order.At);
                if (merged.Happenings.Count == 0)
                    return new(merged, Decision.NothingNew);
                db.Links.Add(TicketLink.Between(ticket, into.Id, LinkKind.MergedInto, order.By, order.At));
                return new(merged, into.TakeIn(ticket, words, order.At));
            },
            (ticket, _, token) => desk.View(ticket, token),
            ct
        );
    }
}
