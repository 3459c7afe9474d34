using System.Text.Json.Serialization;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>Every clock of a ticket as it stands: all deadlines are visible, not only the nearest.</summary>
internal static class GetSla
{
    internal sealed record Sla(IReadOnlyList<Clock> Clocks);

    internal sealed record Version(string Id, [property: JsonPropertyName("version")] int Number);

    /// <summary>One clock instance.</summary>
    /// <param name="Remaining">Working time left; nothing once the target is spent.</param>
    /// <param name="DueAt">Null while paused.</param>
    /// <param name="Collaboration">Of a collaboration's clock: the form.</param>
    /// <param name="Owner">Who holds the ticket, or held it when the clock ended.</param>
    internal sealed record Clock(
        [property: JsonPropertyName("clock")] ClockName Name,
        Guid Instance,
        int Episode,
        ClockState State,
        Version Policy,
        Version Calendar,
        DateTimeOffset StartedAt,
        TimeSpan Target,
        TimeSpan Consumed,
        TimeSpan Remaining,
        DateTimeOffset? DueAt,
        DateTimeOffset? MetAt,
        DateTimeOffset? BreachedAt,
        BreachCause? BreachCause,
        string? Owner,
        IReadOnlyList<ClockMark> Marks,
        Guid? Collaboration
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/tickets/{number}/sla", Handle)
            .WithName(nameof(GetSla))
            .WithSummary(
                "Every SLA clock of a ticket: state, target, consumed and remaining working time, due instant."
            )
            .Produces<Sla>();

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
        if (await TicketClocks.Read(number, db, catalog, http.User.Caller(), ct) is not var (assignee, clocks))
            return Problem.NotFound();
        var now = Instants.Truncate(time.GetUtcNow());
        return TypedResults.Ok(new Sla([.. clocks.Select(clock => Of(clock, assignee, now))]));
    }

    private static Clock Of(SlaClock clock, string? assignee, DateTimeOffset now)
    {
        var reading = ClockReading.Of(clock, now);
        return new(
            clock.Name,
            clock.Id,
            clock.Episode,
            reading.State,
            new(reading.Pin.PolicyId, reading.Pin.PolicyVersion),
            new(reading.Pin.CalendarId, reading.Pin.CalendarVersion),
            reading.StartedAt,
            reading.Target,
            reading.Consumed,
            reading.Remaining,
            reading.DueAt,
            reading.MetAt,
            reading.BreachedAt,
            reading.BreachCause,
            reading.IsOver ? clock.Owner : assignee,
            reading.Marks,
            clock.Subject
        );
    }
}
