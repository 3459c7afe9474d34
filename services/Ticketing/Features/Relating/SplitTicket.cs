using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Relating;

/// <summary>Makes a ticket of its own of a part of this one. It comes in by the front door, so its number is known at once and its ticket opens a moment later.</summary>
internal static class SplitTicket
{
    private const int ShortText = 500;

    /// <param name="Type">As the first request's, when not said.</param>
    /// <param name="Urgency">As this ticket's, when not said.</param>
    internal sealed record Input(
        string? Subject,
        DescriptionPart? Description,
        RequestType? Type = null,
        Urgency? Urgency = null
    );

    /// <summary>The part in the customer's words, as of every request.</summary>
    internal sealed record DescriptionPart(
        string? What = null,
        string? When = null,
        string? Where = null,
        string? Expectation = null
    );

    /// <param name="Id">The split.</param>
    /// <param name="Number">The number of the new ticket.</param>
    /// <param name="From">The ticket that it was a part of.</param>
    internal sealed record Begun(Guid Id, string Number, string From);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/splits", Handle)
            .WithName(nameof(SplitTicket))
            .Commands(Command.Split)
            .Refuses(Refusal.TooManySplits(""))
            .WithSummary("Split a part off: it becomes a ticket of its own, with the number in the answer.")
            .Produces<Begun>(StatusCodes.Status202Accepted)
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
        var account = Read(input, checks);
        if (checks.Failed(out var malformed))
            return malformed;
        Split? part = null;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status202Accepted,
            tickets => tickets.VisibleTo(http.User.Caller()),
            async (ticket, order, token) =>
            {
                // The ticket is locked: nobody else counts its parts now.
                var before = await db.Splits.CountAsync(split => split.TicketId == ticket.Id, token);
                part = Split.Of(ticket, before, order.By, order.At);
                var decision = ticket.SplitOff(part, before, input.Type, input.Urgency, account, order.At);
                if (decision.Refusal is null)
                    db.Splits.Add(part);
                return decision;
            },
            (ticket, _) =>
            {
                http.Response.Headers.Location = $"/v1/tickets/{part!.Number}";
                return Task.FromResult(new Begun(part.Id, part.Number, ticket.Number));
            },
            ct
        );
    }

    private static Account Read(Input input, Checks checks) =>
        new(
            checks.Name("/subject", input.Subject),
            checks.Text("/description/what", input.Description?.What).Text,
            Short(checks, "/description/when", input.Description?.When),
            Short(checks, "/description/where", input.Description?.Where),
            checks.Optional("/description/expectation", input.Description?.Expectation)?.Text
        );

    private static string? Short(Checks checks, string pointer, string? text)
    {
        checks.That(text?.Length is null or <= ShortText, pointer, "too_long", $"At most {ShortText} characters.");
        return Wording.From(text)?.Text;
    }
}
