using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>
/// Somebody in charge agrees that enough was tried to reach the customer: the first contact is met <c>by_attempt</c>, which is reported
/// apart. It is no contact: the customer is still to be reached.
/// </summary>
internal static class ExcuseContact
{
    internal sealed record Input(string? Note);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/contact-exception", Handle)
            .WithName(nameof(ExcuseContact))
            .Produces<TicketView>(StatusCodes.Status201Created)
            .Commands(Command.ExcuseContact)
            .Refuses(Refusal.TooFewAttempts(0, 0), Refusal.NothingToExcuse)
            .WithSummary("Agree that enough was tried: meets first_contact, marked by_attempt.")
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        Input input,
        Desk desk,
        TicketingDbContext db,
        IOptions<TicketOptions> options,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var words = checks.Text("/note", input.Note);
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            async (ticket, order, token) =>
            {
                var runs = await db.Clocks.AnyAsync(
                    clock =>
                        clock.TicketId == ticket.Id && clock.Clock == ClockName.FirstContact && clock.EndedAt == null,
                    token
                );
                // Whoever was reached has met the clock: all attempts of a clock that runs were in vain.
                var attempts = runs
                    ? await db.Timeline.CountAsync(
                        entry => entry.TicketId == ticket.Id && entry.Kind == "contact",
                        token
                    )
                    : 0;
                return runs
                    ? ticket.ExcuseContact(attempts, options.Value.ReasonableAttempts, words, order.At)
                    : Refusal.NothingToExcuse;
            },
            ct
        );
    }
}
