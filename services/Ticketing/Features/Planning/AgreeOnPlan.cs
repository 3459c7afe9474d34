using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Planning;

/// <summary>Records what the customer says to the plan: its steps start when they agree.</summary>
internal static class AgreeOnPlan
{
    internal sealed record Input(bool? Agreed, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/plan/agreement", Handle)
            .WithName(nameof(AgreeOnPlan))
            .Commands(Command.AgreeOnPlan)
            .Refuses(Refusal.NoPlan)
            .WithSummary("Record whether the customer agrees to the plan.")
            .Produces<PlanView>()
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
        var agreed = checks.Required("/agreed", input.Agreed);
        var words = checks.Optional("/note", input.Note);
        if (checks.Failed(out var malformed))
            return malformed;
        Plan? plan = null;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status200OK,
            tickets => tickets.VisibleTo(http.User.Caller()),
            async (ticket, order, token) =>
            {
                plan = await db.PlanOf(ticket.Id, token);
                return plan is null ? Refusal.NoPlan : ticket.Agree(plan, agreed, words, order.By, order.At);
            },
            (ticket, token) => PlanView.Of(plan!, ticket.Number, db, token),
            ct
        );
    }
}
