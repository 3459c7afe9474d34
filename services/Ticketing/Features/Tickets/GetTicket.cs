using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Tickets;

/// <summary>One ticket.</summary>
internal static class GetTicket
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/tickets/{number}", Handle)
            .WithName(nameof(GetTicket))
            .GivesETag()
            .WithSummary("One ticket, the customer masked.")
            .Produces<TicketView>();

    private static async Task<IResult> Handle(
        string number,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var ticket = await db
            .Tickets.AsNoTracking()
            .VisibleTo(http.User.Caller())
            .SingleOrDefaultAsync(t => t.Number == number, ct);
        if (ticket is null)
            return Problem.NotFound();
        http.SetETag(ticket.RowVersion);
        return TypedResults.Ok(await desk.View(ticket, ct));
    }
}
