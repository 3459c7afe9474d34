using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Relating;

/// <summary>Says that two tickets belong together, and takes it back. Both stories tell it; who links sees both.</summary>
internal static class LinkTickets
{
    /// <summary>What people say; how tickets came out of each other is said by merges and splits.</summary>
    internal enum Kind
    {
        Related,
        DuplicateOf,
        CausedBy,
        Follows,
    }

    /// <param name="Number">The other ticket.</param>
    internal sealed record Input(string? Number, Kind? Kind);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/v1/tickets/{number}/links", Link)
            .WithName(nameof(LinkTickets))
            .Commands(Command.Link)
            .Refuses(
                Refusal.SameTicket,
                Refusal.UnknownTicket(""),
                Refusal.LinkedAlready(""),
                Refusal.TooManyLinks(""),
                Refusal.LinkCircle("")
            )
            .WithSummary("Link it with another: related, duplicate_of, caused_by or follows.")
            .Produces<LinkView>(StatusCodes.Status201Created)
            .WithIdempotency<TicketingDbContext>();
        routes
            .MapDelete("/v1/tickets/{number}/links/{other}", Unlink)
            .WithName("UnlinkTickets")
            .Commands(Command.Link)
            .Refuses(Refusal.LinkIsHistory(""))
            .WithSummary("Take back what people linked between the two; merges and splits stay.")
            .Produces<TicketView>();
    }

    private static async Task<IResult> Link(
        string number,
        Input input,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var other = checks.Name("/number", input.Number);
        var made = checks.Required("/kind", input.Kind).To<LinkKind>();
        if (checks.Failed(out var malformed))
            return malformed;
        if (other == number)
            return Desk.Refused(Refusal.SameTicket);
        TicketLink? link = null;
        return await desk.CommandOnTwo(
            http,
            (number, other),
            Desk.Refused(Refusal.UnknownTicket(other)),
            StatusCodes.Status201Created,
            async (first, second, order, token) =>
            {
                var links = await db.Links.TouchingAsync(first, second, token);
                var circle =
                    made is LinkKind.DuplicateOf
                    && !links.Exists(link => link.Kind == made && link.Joins(first, second))
                    && await db.ClosesCircle(first.Id, second.Id, token);
                if (circle)
                    return new(Refusal.LinkCircle(second.Number), Decision.NothingNew);
                var pair = new Desk.Pair(
                    first.LinkTo(second, TicketLink.Seen(made, fromFirst: true), made, links, order.At),
                    second.LinkTo(first, TicketLink.Seen(made, fromFirst: false), made, links, order.At)
                );
                link = TicketLink.Between(first, second.Id, made, order.By, order.At);
                db.Links.Add(link);
                return pair;
            },
            async (_, second, token) => LinkView.Of(link!, second, await db.DescriptionOf(second, token)),
            ct
        );
    }

    private static async Task<IResult> Unlink(
        string number,
        string other,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    ) =>
        await desk.CommandOnTwo(
            http,
            (number, other),
            Problem.NotFound(),
            StatusCodes.Status200OK,
            async (first, second, order, token) =>
            {
                var between = (await db.Links.TouchingAsync(first, second, token))
                    .Where(link => link.Joins(first, second))
                    .ToList();
                if (between.Count == 0)
                    return new(Decision.NothingNew, Decision.NothingNew);
                var taken = between.Where(link => !link.IsHistory).ToList();
                if (taken.Count == 0)
                    return new(Refusal.LinkIsHistory(second.Number), Decision.NothingNew);
                db.Links.RemoveRange(taken);
                return new(
                    first.Unlink(second, KindsSeen(taken, first), order.At),
                    second.Unlink(first, KindsSeen(taken, second), order.At)
                );
            },
            (first, _, token) => desk.View(first, token),
            ct
        );

    private static string KindsSeen(IEnumerable<TicketLink> links, Ticket from) =>
        string.Join(", ", links.Select(link => TicketLink.Seen(link.Kind, link.TicketId == from.Id)));

    private static Task<List<TicketLink>> TouchingAsync(
        this IQueryable<TicketLink> links,
        Ticket one,
        Ticket other,
        CancellationToken ct
    )
    {
        Guid[] ids = [one.Id, other.Id];
        return links.Where(link => ids.Contains(link.TicketId) || ids.Contains(link.OtherId)).ToListAsync(ct);
    }

    private static Task<string?> DescriptionOf(this TicketingDbContext db, Ticket ticket, CancellationToken ct) =>
        db
            .Notes.Where(note => note.TicketId == ticket.Id && note.Kind == NoteKind.Description)
            .Select(note => (string?)note.Text)
            .FirstOrDefaultAsync(ct);
}
