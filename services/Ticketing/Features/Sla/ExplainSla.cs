using System.Text.Json.Serialization;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>The ledger of every clock: each piece of time, whether it counted, and because of what.</summary>
internal static class ExplainSla
{
    internal sealed record Explanation(IReadOnlyList<Clock> Clocks);

    /// <summary>One clock and its ledger.</summary>
    /// <param name="Consumed">The sum of what the segments counted, and of what is held by whom.</param>
    /// <param name="HeldBy">In whose hands, in whose queue and in which state of the ticket it ran.</param>
    internal sealed record Clock(
        [property: JsonPropertyName("clock")] ClockName Name,
        Guid Instance,
        int Episode,
        ClockState State,
        TimeSpan Target,
        TimeSpan Consumed,
        DateTimeOffset? DueAt,
        IReadOnlyList<ClockSegment> Segments,
        IReadOnlyList<HeldTime> HeldBy
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/tickets/{number}/sla/explain", Handle)
            .WithName(nameof(ExplainSla))
            .WithSummary("Why each SLA clock stands as it does: every segment with its cause and what it counted.")
            .Produces<Explanation>();

    private static async Task<IResult> Handle(
        string number,
        TicketingDbContext db,
        SlaCatalog catalog,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (Query.Allow(http) is { } unknown)
            return unknown;
        if (await TicketClocks.Read(number, db, catalog, http.User.Caller(), ct) is not { } ticket)
            return Problem.NotFound();
        var now = Instants.Truncate(time.GetUtcNow());
        var holdings = await TicketHoldings.Read(ticket.TicketId, db, ct);
        return TypedResults.Ok(new Explanation([.. ticket.Clocks.Select(clock => Of(clock, holdings, now))]));
    }

    private static Clock Of(SlaClock clock, IReadOnlyList<Holding> holdings, DateTimeOffset now)
    {
        var reading = ClockReading.Of(clock, now);
        return new(
            clock.Name,
            clock.Id,
            clock.Episode,
            reading.State,
            reading.Target,
            reading.Consumed,
            reading.DueAt,
            clock.Trace.Explain(now),
            clock.Trace.HeldBy(holdings, now)
        );
    }
}
