using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Takes notice of an escalation: nobody further up is told of these clocks. Their time runs on.</summary>
internal static class AcknowledgeEscalation
{
    /// <param name="Instance">One clock; without it all that have climbed.</param>
    internal sealed record Input(Guid? Instance = null, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/tickets/{number}/acknowledgements", Handle)
            .WithName(nameof(AcknowledgeEscalation))
            .Produces<TicketView>(StatusCodes.Status201Created)
            .Commands(Command.AcknowledgeEscalation)
            .Refuses(Refusal.NothingEscalated)
            .WithSummary("Acknowledge an escalation: the ladder is climbed no further.")
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        string number,
        Input input,
        Desk desk,
        TicketingDbContext db,
        SlaCatalog catalog,
        HttpContext http,
        CancellationToken ct
    )
    {
        var checks = new Checks();
        var words = checks.Optional("/note", input.Note);
        if (checks.Failed(out var malformed))
            return malformed;
        return await desk.Command(
            http,
            number,
            StatusCodes.Status201Created,
            async (ticket, order, token) =>
                ticket.Acknowledge(await Climbing(ticket, input.Instance, db, catalog, token), words, order.At),
            ct
        );
    }

    /// <summary>The clocks that still run and have told somebody, and of which nobody has taken notice yet.</summary>
    private static async Task<List<Guid>> Climbing(
        Ticket ticket,
        Guid? only,
        TicketingDbContext db,
        SlaCatalog catalog,
        CancellationToken ct
    )
    {
        var running = await db
            .Clocks.AsNoTracking()
            .Where(clock => clock.TicketId == ticket.Id && clock.EndedAt == null && (only == null || clock.Id == only))
            .ToListAsync(ct);
        var clocks = await catalog.Restore(running, db, ct);
        return
        [
            .. clocks
                .Where(clock => clock.Trace.AcknowledgedAt is null && clock.Fired.Any(ClockStep.IsOfLadder))
                .Select(clock => clock.Id),
        ];
    }
}
