using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Takes spam and duplicates out of the work.</summary>
internal static class CancelTicket
{
    internal enum Reason
    {
        Spam,
        Duplicate,
    }

    internal sealed record Input(Reason? Reason, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/cancellation", Handle)
            .WithName(nameof(CancelTicket))
            .Produces<TicketView>()
            .Commands(Command.Spam, Command.Duplicate)
            .WithSummary("Cancel it as spam or as a duplicate.")
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
        var reason = checks.Required("/reason", input.Reason) switch
        {
            Reason.Spam => CancelReason.Spam,
            Reason.Duplicate => CancelReason.Duplicate,
        };
        var words = checks.Optional("/note", input.Note);
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status200OK,
            (ticket, order) => ticket.Cancel(reason, words, order.At),
            ct
        );
    }
}
