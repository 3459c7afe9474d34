using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Ticketing.Features.Relating;

/// <summary>Tickets that may be about the same thing: a suggestion with its reason; a person decides.</summary>
internal static class SuggestDuplicates
{
    /// <summary>How many of a customer's tickets are compared: those opened nearest in time.</summary>
    private const int MostCompared = 100;
    private const int MostSuggested = 10;

    /// <param name="Score">0 to 1; the highest first.</param>
    /// <param name="Reason">Why, in plain words.</param>
    internal sealed record Suggestion(
        string Number,
        double Score,
        string Reason,
        TicketStatus Status,
        string? Subject,
        string? Assignee,
        DateTimeOffset OpenedAt
    );

    internal sealed record Suggestions(IReadOnlyList<Suggestion> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/tickets/{number}/duplicates", Handle)
            .WithName(nameof(SuggestDuplicates))
            .WithSummary("Tickets of the same customer that say nearly the same, opened shortly before or after.")
            .Produces<Suggestions>();

    private static async Task<IResult> Handle(
        string number,
        TicketingDbContext db,
        IOptions<TicketOptions> options,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (Query.Allow(http) is { } unknown)
            return unknown;
        var visible = db.Tickets.AsNoTracking().VisibleTo(http.User.Caller());
        if (await visible.SingleOrDefaultAsync(t => t.Number == number, ct) is not { } ticket)
            return Problem.NotFound();
        var told = await Described(db, visible.Where(t => t.Id == ticket.Id), ticket.OpenedAt, ct);
        var near = await Described(db, Near(visible, ticket, db, options.Value.DuplicateWindow), ticket.OpenedAt, ct);
        if (told is not [var mine])
            return TypedResults.Ok(new Suggestions([]));
        var suggestions =
            from other in near
            let likeness = Likeness.Of(Told(mine), Told(other))
            where likeness.Score >= options.Value.DuplicateScore
            orderby likeness.Score descending, other.Ticket.Id descending
            select new Suggestion(
                other.Ticket.Number,
                likeness.Score,
                likeness.Reason,
                other.Ticket.Status,
                other.Subject,
                other.Ticket.Assignee,
                other.Ticket.OpenedAt
            );
        return TypedResults.Ok(new Suggestions([.. suggestions.Take(MostSuggested)]));
    }

    // What is cancelled needs no merging, and about what is linked somebody has thought already.
    private static IQueryable<Ticket> Near(
        IQueryable<Ticket> visible,
        Ticket ticket,
        TicketingDbContext db,
        TimeSpan window
    )
    {
        var (from, to) = (ticket.OpenedAt - window, ticket.OpenedAt + window);
        return visible.Where(t =>
            t.CustomerId == ticket.CustomerId
            && t.OpenedAt >= from
            && t.OpenedAt <= to
            && t.Id != ticket.Id
            && t.Status != TicketStatus.Cancelled
            && !db.Links.Any(link =>
                (link.TicketId == ticket.Id && link.OtherId == t.Id)
                || (link.TicketId == t.Id && link.OtherId == ticket.Id)
            )
        );
    }

    private static Task<List<DescribedTicket>> Described(
        TicketingDbContext db,
        IQueryable<Ticket> tickets,
        DateTimeOffset around,
        CancellationToken ct
    ) =>
        (
            from ticket in tickets
            join note in db.Notes on ticket.Id equals note.TicketId
            where note.Kind == NoteKind.Description
            orderby ticket.OpenedAt > around ? ticket.OpenedAt - around : around - ticket.OpenedAt
            select new DescribedTicket(ticket, note)
        )
            .Take(MostCompared)
            .ToListAsync(ct);

    private static Likeness.Told Told(DescribedTicket described) =>
        new($"{described.Subject}\n{described.What}", described.Ticket.Origin.OrderRef, described.Ticket.OpenedAt);

    private sealed record DescribedTicket(Ticket Ticket, Note Note)
    {
        public string Subject => Note.Text.Split('\n', 2)[0];

        // "Yesterday" and "today, please" are said of everything: only the matter itself is compared.
        public string? What =>
            Note.Parts is { } parts && JsonElement.Parse(parts).TryGetProperty("what", out var what)
                ? what.GetString()
                : Note.Text;
    }
}
