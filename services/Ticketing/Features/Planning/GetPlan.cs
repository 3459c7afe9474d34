using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Planning;

/// <summary>The plan that holds, what the customer said to it, and how far it is.</summary>
internal static class GetPlan
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/tickets/{number}/plan", Handle)
            .WithName(nameof(GetPlan))
            .WithSummary("The plan that holds, whether the customer agreed, and how far its steps are.")
            .Produces<PlanView>();

    private static async Task<IResult> Handle(
        string number,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (Query.Allow(http) is { } unknown)
            return unknown;
        var ticket = await db
            .Tickets.VisibleTo(http.User.Caller())
            .Where(t => t.Number == number)
            .Select(t => (Guid?)t.Id)
            .SingleOrDefaultAsync(ct);
        return ticket is { } id && await db.PlanOf(id, ct) is { } plan
            ? TypedResults.Ok(await PlanView.Of(plan, number, db, ct))
            : Problem.NotFound();
    }
}
