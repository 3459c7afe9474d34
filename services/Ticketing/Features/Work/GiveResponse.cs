using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

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

    internal sealed record Input(ResponseKind? Kind, string? Text);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/responses", Handle)
            .WithName(nameof(GiveResponse))
            .WithSummary("Record what the customer was told: a handling opinion, a plan or an answer.")
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        Input input,
        Desk desk,
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
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            (ticket, order) => ticket.Update(kind, words, null, order.At),
            ct
        );
    }
}
