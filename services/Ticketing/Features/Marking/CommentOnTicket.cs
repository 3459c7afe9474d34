using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Ticketing.Features.Marking;

/// <summary>Adds a comment: among colleagues, or for the customer too. It is no contact and meets no clock, unless public ones are configured to be.</summary>
internal static class CommentOnTicket
{
    private const string ContactRule = "public_comment";

    /// <param name="Public">The customer reads it on the status page; otherwise it stays with those who handle tickets.</param>
    internal sealed record Input(string? Text, bool Public = false);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/comments", Handle)
            .WithName(nameof(CommentOnTicket))
            .Commands(Command.Comment)
            .WithSummary("Comment on it: internally, or with 'public' for the customer's status page too.")
            .Produces<TicketView>(StatusCodes.Status201Created)
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
        var words = checks.Text("/text", input.Text);
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            async (ticket, order, token) =>
            {
                var commented = ticket.Comment(words, input.Public, order.At);
                if (commented.Refusal is not null || !input.Public || !options.Value.PublicCommentIsContact)
                    return commented;
                await desk.Record(ticket, order.By, commented, order.At, token);
                var contact = ticket.Contact(Channel.Web, ContactOutcome.Reached, null, order.At, ContactRule);
                // Where nobody can be contacted any more it is a comment all the same.
                return contact.Refusal is null ? contact : Decision.NothingNew;
            },
            ct
        );
    }
}
