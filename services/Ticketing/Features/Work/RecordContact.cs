using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Records that a person tried to reach the customer. Only reaching them counts as contact.</summary>
internal static class RecordContact
{
    internal sealed record Input(Channel? Channel, ContactOutcome? Outcome, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/contacts", Handle)
            .WithName(nameof(RecordContact))
            .Produces<TicketView>(StatusCodes.Status201Created)
            .Commands(Command.ContactReached, Command.ContactAttempted)
            .ForExample(
                """{ "channel": "phone", "outcome": "reached", "note": "Called back: the order lacks one item." }"""
            )
            .WithSummary("Record an attempt to reach the customer.")
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
        var channel = checks.Required("/channel", input.Channel);
        var outcome = checks.Required("/outcome", input.Outcome);
        var words = checks.Optional("/note", input.Note);
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            (ticket, order) => ticket.Contact(channel, outcome, words, order.At),
            ct
        );
    }
}
