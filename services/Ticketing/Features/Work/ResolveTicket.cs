using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>The handler considers it solved; the customer has the last word.</summary>
internal static class ResolveTicket
{
    internal sealed record Input(string? Solution, bool FirstContactResolution = false);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/resolutions", Handle)
            .WithName(nameof(ResolveTicket))
            .Produces<TicketView>(StatusCodes.Status201Created)
            .Commands(Command.Resolve)
            .ForExample("""{ "solution": "The missing item was sent by express.", "firstContactResolution": true }""")
            .WithSummary("Declare it solved; the customer is asked to confirm.")
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
        var solution = checks.Text("/solution", input.Solution);
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            (ticket, order) => ticket.Resolve(input.FirstContactResolution, solution, order.At),
            ct
        );
    }
}
