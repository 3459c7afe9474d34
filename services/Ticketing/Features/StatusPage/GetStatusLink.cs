using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.StatusPage;

/// <summary>The customer's link, for the service that writes to the customer: links are derived where they belong and travel in no event.</summary>
internal static class GetStatusLink
{
    internal sealed record Link(string Url);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/tickets/{number}/status-link", Handle).ExcludeFromDescription();

    private static async Task<IResult> Handle(
        string number,
        TicketingDbContext db,
        LinkTokens links,
        CancellationToken ct
    )
    {
        var request = await db
            .Tickets.Where(ticket => ticket.Number == number)
            .Select(ticket => (Guid?)ticket.RequestId)
            .SingleOrDefaultAsync(ct);
        return request is { } id
            ? TypedResults.Ok(new Link($"/status/{links.Sign(StatusAnswer.Purpose, id)}"))
            : Problem.NotFound();
    }
}
