using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Tells the customer why it takes longer, and until when.</summary>
internal static class ShareProgress
{
    internal sealed record Input(string? Reason, DateTimeOffset? NewEstimate);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/progress", Handle)
            .WithName(nameof(ShareProgress))
            .Produces<TicketView>(StatusCodes.Status201Created)
            .Commands(Command.Progress)
            .ForExample("""{ "reason": "The warehouse is looking for the parcel.", "newEstimate": null }""")
            .WithSummary("Tell the customer why it takes longer and until when.")
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
        var reason = checks.Text("/reason", input.Reason);
        checks.Ahead("/newEstimate", input.NewEstimate, desk.Now, "The new estimate lies ahead.");
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            (ticket, order) => ticket.Update(UpdateKind.Progress, reason, input.NewEstimate, order.At),
            ct
        );
    }
}
