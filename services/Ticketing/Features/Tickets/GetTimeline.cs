using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Tickets;

/// <summary>A ticket's story from the beginning: who did what, when, and why.</summary>
internal static class GetTimeline
{
    /// <summary>One line of the story.</summary>
    /// <param name="Kind">As <c>opened</c>, <c>contact</c>, <c>resolved</c>, <c>sla_breached</c>.</param>
    /// <param name="Status">The state afterwards.</param>
    /// <param name="Text">What was said, where something was; null too once it was erased.</param>
    internal sealed record Line(
        int Seq,
        DateTimeOffset At,
        string By,
        string Kind,
        TicketStatus Status,
        int Episode,
        string? Text,
        JsonElement? Parts,
        JsonElement Details
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/tickets/{number}/timeline", Handle)
            .WithName(nameof(GetTimeline))
            .InPages()
            .WithSummary("Everything that happened to the ticket, oldest first.")
            .Produces<Page<Line>>();

    private static async Task<IResult> Handle(
        string number,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!PageQuery.TryRead(http, [], out var page, out var unknown))
            return unknown;
        var id = await db
            .Tickets.VisibleTo(http.User.Caller())
            .Where(t => t.Number == number)
            .Select(t => (Guid?)t.Id)
            .SingleOrDefaultAsync(ct);
        if (id is not { } ticketId)
            return Problem.NotFound();
        var after = (int)(page.After?.Key ?? 0);
        var inside = http.User.Caller().IsInside();
        var rows = await (
            from entry in db.Timeline.AsNoTracking()
            where entry.TicketId == ticketId && entry.Seq > after
            where inside || entry.Kind != TimelineEntry.InternalComment
            orderby entry.Seq
            select new { entry, note = db.Notes.FirstOrDefault(note => note.Id == entry.NoteId) }
        )
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        var lines = rows.Select(row => Of(row.entry, row.note)).ToList();
        return TypedResults.Ok(page.Answer(http, lines, line => new Cursor(line.Seq, ticketId)));
    }

    private static Line Of(TimelineEntry entry, Note? note) =>
        new(
            entry.Seq,
            entry.At,
            entry.By,
            entry.Kind,
            entry.Status,
            entry.Episode,
            note?.Text,
            note?.Parts is { } parts ? JsonElement.Parse(parts) : null,
            JsonElement.Parse(entry.Details)
        );
}
