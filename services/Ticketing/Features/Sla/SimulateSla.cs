using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>What attainment would have been under a draft policy: the tickets of a range are played again by the same engine. Nothing is written.</summary>
internal static class SimulateSla
{
    private const int UsualTickets = 2_000;
    private const int MostTickets = 20_000;
    private const int PageSize = 200;

    /// <param name="Calendar">The id of a calendar or a draft of one, instead of the calendar that the policy names.</param>
    /// <param name="From">Tickets opened from here on ...</param>
    /// <param name="To">... and before here; now, where it is left out.</param>
    internal sealed record Input(
        SlaPolicySpec? Policy,
        JsonElement? Calendar = null,
        [property: Required] DateTimeOffset? From = null,
        DateTimeOffset? To = null,
        Limits? Limits = null
    );

    /// <param name="Tickets">How many are played at most, the earliest first.</param>
    internal sealed record Limits(int? Tickets);

    /// <param name="Zone">Of the hours and weekdays: the draft's calendar's.</param>
    /// <param name="Tickets">Played.</param>
    /// <param name="Matched">Of these, covered by the draft: the figures are theirs, on both sides.</param>
    /// <param name="Truncated">The range holds more tickets than were played.</param>
    /// <param name="Through">When the last ticket that was played was opened.</param>
    internal sealed record Answer(
        DateTimeOffset From,
        DateTimeOffset To,
        string Zone,
        int Tickets,
        int Matched,
        bool Truncated,
        DateTimeOffset? Through,
        IReadOnlyList<Clock> Clocks,
        Both<Breaches> Breaches
    );

    internal sealed record Both<T>(T Actual, T Simulated);

    internal sealed record Clock(
        [property: System.Text.Json.Serialization.JsonPropertyName("clock")] ClockName Name,
        Attainment Actual,
        Attainment Simulated
    );

    /// <summary>When breaches fall, on the wall clock of the zone.</summary>
    internal sealed record Breaches(IReadOnlyList<int> ByHour, IReadOnlyDictionary<string, int> ByWeekday)
    {
        public static Breaches Of(AttainmentCount count) => new(count.ByHour, count.ByWeekday);
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/sla/simulate", Handle)
            .WithName(nameof(SimulateSla))
            .WithSummary("What attainment would have been under a draft policy, next to what it was.")
            .Produces<Answer>()
            .Refuses(StatusCodes.Status422UnprocessableEntity, DraftTerms.UnknownCalendar, DraftTerms.TooLong);

    private static async Task<IResult> Handle(
        Input input,
        TicketingDbContext db,
        SlaCatalog catalog,
        TimeProvider time,
        IOptions<JsonOptions> json,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (Query.Allow(http) is { } unknown)
            return unknown;
        var now = Instants.Truncate(time.GetUtcNow());
        var checks = new Checks();
        var from = checks.Required("/from", input.From);
        var to = input.To ?? now;
        checks.That(input.From is null || from < to, "/to", "out_of_range", "The range ends after it begins.");
        var most = input.Limits?.Tickets ?? UsualTickets;
        checks.That(most is >= 1 and <= MostTickets, "/limits/tickets", "out_of_range", $"1 to {MostTickets}.");
        if (checks.Failed(out var malformed))
            return malformed;
        var (draft, refused) = await DraftTerms.Read(
            input.Policy,
            input.Calendar,
            db,
            json.Value.SerializerOptions,
            ct
        );
        if (draft is null)
            return refused!;

        var opened = await Opened(db, from, to, most + 1, ct);
        var present = (await catalog.Refresh(db, ct)).Current;
        var simulation = new Simulation(draft, present, now);
        foreach (var page in opened.Take(most).Chunk(PageSize))
            await Play(page, simulation, db, catalog, ct);
        return TypedResults.Ok(
            new Answer(
                from.ToUniversalTime(),
                to.ToUniversalTime(),
                draft.Calendar.Calendar.Spec.Zone,
                simulation.Tickets,
                simulation.Matched,
                opened.Count > most,
                opened.Count == 0 ? null : opened[Math.Min(opened.Count, most) - 1].OpenedAt,
                [.. Rows(simulation)],
                new(Breaches.Of(simulation.Actual), Breaches.Of(simulation.Simulated))
            )
        );
    }

    /// <summary>Which tickets: their keys only, so that the pages that follow stand still.</summary>
    private static Task<List<Key>> Opened(
        TicketingDbContext db,
        DateTimeOffset from,
        DateTimeOffset to,
        int most,
        CancellationToken ct
    ) =>
        db
            .Tickets.Where(ticket => ticket.OpenedAt >= from && ticket.OpenedAt < to)
            .OrderBy(ticket => ticket.OpenedAt)
            .ThenBy(ticket => ticket.Id)
            .Select(ticket => new Key(ticket.Id, ticket.OpenedAt))
            .Take(most)
            .ToListAsync(ct);

    /// <summary>One page: three statements, whatever its size.</summary>
    private static async Task Play(
        Key[] page,
        Simulation simulation,
        TicketingDbContext db,
        SlaCatalog catalog,
        CancellationToken ct
    )
    {
        Guid[] ids = [.. page.Select(key => key.Id)];
        var tickets = await db
            .Tickets.Where(ticket => ids.Contains(ticket.Id))
            .Select(ticket => new TicketHistory.Beginning(
                ticket.Id,
                ticket.Origin.Type,
                ticket.Origin.Segment,
                ticket.Origin.Channel,
                ticket.Origin.ReceivedAt,
                ticket.OpenedAt
            ))
            .ToDictionaryAsync(ticket => ticket.Id, ct);
        var lines = await TicketHistory.Lines(db, ids, ct);
        var rows = await db.Clocks.AsNoTracking().Where(clock => ids.Contains(clock.TicketId)).ToListAsync(ct);
        var clocks = (await catalog.Restore(rows, db, ct)).ToLookup(clock => clock.TicketId);
        foreach (var id in ids)
        {
            ct.ThrowIfCancellationRequested();
            SlaClock[] real = [.. clocks[id]];
            simulation.Add(id, TicketHistory.Of(tickets[id], lines[id]), real);
        }
    }

    private static IEnumerable<Clock> Rows(Simulation simulation) =>
        from name in Enum.GetValues<ClockName>()
        let actual = simulation.Actual.Clocks.GetValueOrDefault(name)
        let simulated = simulation.Simulated.Clocks.GetValueOrDefault(name)
        where actual is not null || simulated is not null
        select new Clock(name, actual ?? Attainment.None, simulated ?? Attainment.None);

    private sealed record Key(Guid Id, DateTimeOffset OpenedAt);
}
