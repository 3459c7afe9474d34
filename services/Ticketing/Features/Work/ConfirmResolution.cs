using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Records the customer's last word as told to an agent: solved, or not solved, which begins a new episode.</summary>
internal static class ConfirmResolution
{
    internal sealed record Input(bool? Solved, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/confirmations", Handle)
            .WithName(nameof(ConfirmResolution))
            .Produces<TicketView>()
            .Commands(Command.ConfirmSolved, Command.ConfirmNotSolved)
            .Refuses(Refusal.TooLateToReopen(default, default))
            .ForExample("""{ "solved": true, "note": "It arrived." }""")
            .WithSummary("Record the customer's word: solved, or not solved (reopens).")
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        Input input,
        Desk desk,
        IOptions<TicketOptions> options,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var solved = checks.Required("/solved", input.Solved);
        var words = checks.Optional("/note", input.Note);
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status200OK,
            (ticket, order) =>
                solved
                    ? ticket.ConfirmSolved(words, order.At)
                    : ticket.ConfirmNotSolved(words, options.Value.ReopenWindow, order.At),
            ct
        );
    }
}
