using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Waits for the customer or for others; clocks stop where their policy says so.</summary>
internal static class PauseTicket
{
    internal sealed record Input(PauseReason? Reason, DateTimeOffset? Until = null, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/pauses", Handle)
            .WithName(nameof(PauseTicket))
            .Produces<TicketView>(StatusCodes.Status201Created)
            .Commands(Command.PauseForCustomer, Command.PauseForOthers)
            .ForExample(
                """{ "reason": "waiting_customer", "until": null, "note": "The customer looks for the invoice." }"""
            )
            .WithSummary("Wait for the customer or for others; with 'until' it ends by itself.")
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
        var reason = checks.Required("/reason", input.Reason);
        var words = checks.Optional("/note", input.Note);
        checks.Ahead("/until", input.Until, desk.Now, "A pause ends in the future.");
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            (ticket, order) => ticket.Pause(reason, input.Until, words, order.At),
            ct
        );
    }
}
