using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Visiting;

/// <summary>The visits of a ticket, the latest arranged first.</summary>
internal static class ListVisits
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/tickets/{number}/visits", Handle)
            .WithName(nameof(ListVisits))
            .InPages()
            .WithSummary("The visits of the ticket, the latest arranged first.")
            .Produces<Page<VisitView>>();

    private static async Task<IResult> Handle(
        string number,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!PageQuery.TryRead(http, [], out var page, out var unknown))
            return unknown;
        var ticket = await db
            .Tickets.AsNoTracking()
            .VisibleTo(http.User.Caller())
            .Where(t => t.Number == number)
            .Select(t => new { t.Id, t.Status })
            .SingleOrDefaultAsync(ct);
        if (ticket is null)
            return Problem.NotFound();
        var visits = db.Visits.AsNoTracking().Where(visit => visit.TicketId == ticket.Id);
        var rows = await page.Of(visits, visit => visit.Id).ToListAsync(ct);
        var shown = page.Answer(http, rows, visit => new Cursor(visit.ArrangedAt, visit.Id));
        return TypedResults.Ok(
            new Page<VisitView>(
                await VisitView.Of(shown.Items.ToList(), number, ticket.Status, db, ct),
                shown.NextCursor
            )
        );
    }
}
