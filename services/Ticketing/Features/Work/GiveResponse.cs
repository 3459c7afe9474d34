using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Features.Planning;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Records what the customer was told: the handling opinion of a complaint, the plan of a complex case, or an answer.</summary>
internal static class GiveResponse
{
    internal enum ResponseKind
    {
        HandlingOpinion,
        Plan,
        Answer,
    }

    /// <param name="Steps">Of a plan: what will be done, one after the other.</param>
    internal sealed record Input(ResponseKind? Kind, string? Text, IReadOnlyList<string?>? Steps = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/responses", Handle)
            .WithName(nameof(GiveResponse))
            .Produces<TicketView>(StatusCodes.Status201Created)
            .Commands(Command.HandlingOpinion, Command.Plan, Command.Answer)
            .ForExample("""{ "kind": "handling_opinion", "text": "We send the missing item today.", "steps": null }""")
            .WithSummary("Record what the customer was told: a handling opinion, a plan or an answer.")
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
        var kind = checks.Required("/kind", input.Kind) switch
        {
            ResponseKind.HandlingOpinion => UpdateKind.HandlingOpinion,
            ResponseKind.Plan => UpdateKind.Plan,
            ResponseKind.Answer => UpdateKind.Answer,
        };
        var words = checks.Text("/text", input.Text);
        var steps = StepsOf(input, checks);
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            async (ticket, order, token) =>
            {
                if (kind is not UpdateKind.Plan)
                    return ticket.Update(kind, words, null, order.At);
                var plan = Plan.For(ticket, await db.PlanOf(ticket.Id, token), order.By, order.At);
                var told = new PlanView.Told(words.Text, steps).ToWords();
                var decision = ticket.Update(kind, told, null, order.At, plan.Id);
                if (decision.Refusal is null)
                    db.AddPlan(plan, steps.Length);
                return decision;
            },
            ct
        );
    }

    private static string[] StepsOf(Input input, Checks checks)
    {
        var steps = input.Steps ?? [];
        checks.That(
            steps.Count == 0 || input.Kind is null or ResponseKind.Plan,
            "/steps",
            "not_a_plan",
            "Only a plan has steps."
        );
        checks.That(steps.Count <= PlanStep.Most, "/steps", "out_of_range", $"At most {PlanStep.Most} steps.");
        return [.. steps.Take(PlanStep.Most).Select((step, i) => checks.Name($"/steps/{i}", step))];
    }
}
