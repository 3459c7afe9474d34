using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Planning;

/// <summary>Starts a step of the plan, or says that it is done. Before the customer has agreed that needs a reason.</summary>
internal static class TakePlanStep
{
    internal enum Progress
    {
        Started,
        Done,
    }

    /// <param name="Reason">Why it starts although the customer has not agreed.</param>
    internal sealed record Input(Progress? State, string? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/plan/steps/{step:int}", Handle)
            .WithName(nameof(TakePlanStep))
            .Commands(Command.TakeStep)
            .Refuses(Refusal.NoPlan, Refusal.NoSuchStep(0), Refusal.NotAgreed, Refusal.StepTaken(0, default))
            .WithSummary("Start a step of the plan, or say that it is done.")
            .Produces<PlanView>()
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        int step,
        Input input,
        Desk desk,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var to = checks.Required("/state", input.State).To<StepState>();
        var reason = checks.Optional("/reason", input.Reason);
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
                if (plan is null)
                    return Refusal.NoPlan;
                return
                    await db.PlanSteps.SingleOrDefaultAsync(s => s.PlanId == plan.Id && s.Position == step, token)
                        is { } taken
                    ? ticket.Take(plan, taken, to, reason, order.By, order.At)
                    : Refusal.NoSuchStep(step);
            },
            (ticket, token) => PlanView.Of(plan!, ticket.Number, db, token),
            ct
        );
    }
}
