using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Relating;

/// <summary>The tickets that a ticket is linked with, newest link first, as far as the caller may see them.</summary>
internal static class ListLinks
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/tickets/{number}/links", Handle)
            .WithName(nameof(ListLinks))
            .InPages()
            .WithSummary("The tickets that it is linked with, and how, seen from its side.")
            .Produces<Page<LinkView>>();

    private static async Task<IResult> Handle(
        string number,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!PageQuery.TryRead(http, [], out var page, out var unknown))
            return unknown;
        var visible = db.Tickets.AsNoTracking().VisibleTo(http.User.Caller());
        var ticket = await visible.Where(t => t.Number == number).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct);
        if (ticket is not { } id)
            return Problem.NotFound();
        var links = db.Links.AsNoTracking().Where(link => link.TicketId == id || link.OtherId == id);
        if (page.After is { } after)
            links = links.Where(link => link.Id < after.Id);
        var rows = await (
            from link in links
            join other in visible on (link.TicketId == id ? link.OtherId : link.TicketId) equals other.Id
            orderby link.Id descending
            select new
            {
                link,
                other,
                words = db
                    .Notes.FirstOrDefault(note => note.TicketId == other.Id && note.Kind == NoteKind.Description)!
                    .Text,
            }
        )
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        var shown = page.Answer(http, rows, row => new Cursor(row.link.At, row.link.Id));
        return TypedResults.Ok(
            new Page<LinkView>(
                [.. shown.Items.Select(row => LinkView.Of(row.link, row.other, row.words))],
                shown.NextCursor
            )
        );
    }
}
