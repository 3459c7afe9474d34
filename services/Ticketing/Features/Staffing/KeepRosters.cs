using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Features.Staffing;

/// <summary>Who is on shift when: hours as in a calendar, with holidays and make-up days, and the people who work in them.</summary>
internal static class KeepRosters
{
    internal sealed record Input(
        string? Zone,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Week,
        IReadOnlyList<string>? Agents,
        IReadOnlyList<Holiday>? Holidays = null,
        IReadOnlyList<Workday>? Workdays = null,
        string? Id = null,
        int? Version = null
    );

    internal sealed record Holiday(DateOnly Date, string? Name = null, string? Part = null);

    internal sealed record Workday(DateOnly Date, IReadOnlyList<string>? Hours, string? Name = null);

    /// <summary>A roster as it is shown.</summary>
    internal sealed record Shown(
        string Id,
        string Zone,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Week,
        IReadOnlyList<CalendarHoliday> Holidays,
        IReadOnlyList<CalendarWorkday> Workdays,
        IReadOnlyList<string> Agents,
        int Version
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/v1/rosters",
                (TicketingDbContext db, HttpContext http, CancellationToken ct) =>
                    StaffSlices.List(StaffDocuments.Roster, db, http, ct)
            )
            .WithName("ListRosters")
            .Produces<Page<Shown>>()
            .InPages()
            .WithSummary("All rosters.");
        routes
            .MapGet(
                "/v1/rosters/{id}",
                (string id, TicketingDbContext db, HttpContext http, CancellationToken ct) =>
                    StaffSlices.Get(StaffDocuments.Roster, id, db, http, ct)
            )
            .WithName("GetRoster")
            .Produces<Shown>()
            .GivesETag()
            .WithSummary("One roster.");
        routes
            .MapPut("/v1/rosters/{id}", Put)
            .WithName("PutRoster")
            .Produces<Shown>()
            .Produces<Shown>(StatusCodes.Status201Created)
            .NamesVersion(VersionNamed.WhereItExists)
            .WithSummary(
                "Create or replace a roster (If-Match). Whoever is on no roster is on shift around the clock."
            );
    }

    private static async Task<IResult> Put(
        string id,
        Input input,
        TicketingDbContext db,
        Alarms alarms,
        HttpContext http,
        CancellationToken ct
    )
    {
        var staff = await db.People(ct);
        var checks = new Checks();
        checks.Id(id, input.Id);
        var spec = new RosterSpec(
            id,
            input.Zone ?? "",
            input.Week ?? new Dictionary<string, IReadOnlyList<string>>(),
            [.. (input.Holidays ?? []).Select(day => new CalendarHoliday(day.Date, day.Name ?? "", day.Part))],
            [.. (input.Workdays ?? []).Select(day => new CalendarWorkday(day.Date, day.Name ?? "", day.Hours ?? []))],
            input.Agents ?? []
        );
        if (WorkCalendar.TryCreate(spec.Hours, out var problems) is null)
        {
            foreach (var problem in problems)
                checks.Wrong(problem.Pointer, problem.Code, problem.Message);
        }

        for (var i = 0; i < spec.Agents.Count; i++)
        {
            var known = staff.Agent(spec.Agents[i] ?? "") is not null;
            checks.That(known, $"/agents/{i}", "unknown_agent", "There is nobody of that id.");
        }

        if (checks.Failed(out var malformed))
            return malformed;
        return await StaffSlices.Put(StaffDocuments.Roster, id, spec, db, alarms, http, ct);
    }
}
