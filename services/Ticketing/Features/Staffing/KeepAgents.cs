using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Routing;

namespace CustomerFeedback.Ticketing.Features.Staffing;

/// <summary>The people who handle tickets: teams, skills, role and capacity. Their id is the <c>sub</c> of their token.</summary>
internal static class KeepAgents
{
    private const int MostEntries = 100;

    internal sealed record Input(
        string? Name,
        IReadOnlyList<string>? Teams,
        StaffRole Role = StaffRole.Agent,
        IReadOnlyList<string>? Skills = null,
        int? Capacity = null,
        bool Active = true,
        QuietHours? QuietHours = null,
        string? Id = null,
        int? Version = null
    );

    /// <summary>An agent as they are shown.</summary>
    internal sealed record Shown(
        string Id,
        string Name,
        StaffRole Role,
        IReadOnlyList<string> Teams,
        IReadOnlyList<string> Skills,
        int? Capacity,
        bool Active,
        QuietHours? QuietHours,
        int Version
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/v1/agents",
                (TicketingDbContext db, HttpContext http, CancellationToken ct) =>
                    StaffSlices.List(StaffDocuments.Agent, db, http, ct)
            )
            .WithName("ListAgents")
            .Produces<Page<Shown>>()
            .InPages()
            .WithSummary("Everybody who handles tickets.");
        routes
            .MapGet(
                "/v1/agents/{id}",
                (string id, TicketingDbContext db, HttpContext http, CancellationToken ct) =>
                    StaffSlices.Get(StaffDocuments.Agent, id, db, http, ct)
            )
            .WithName("GetAgent")
            .Produces<Shown>()
            .GivesETag()
            .WithSummary("One agent.");
        routes
            .MapPut("/v1/agents/{id}", Put)
            .WithName("PutAgent")
            .Produces<Shown>()
            .Produces<Shown>(StatusCodes.Status201Created)
            .NamesVersion(VersionNamed.WhereItExists)
            .WithSummary("Create or replace an agent (If-Match): teams, role, skills, capacity in open work units.");
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
        checks.That(input.Name is { Length: > 0 and <= Checks.NameLength }, "/name", "required", "A name.");
        checks.That(input.Capacity is null or >= 0, "/capacity", "out_of_range", "0 or more; null for no limit.");
        var teams = input.Teams ?? [];
        var skills = input.Skills ?? [];
        checks.That(teams.Count <= MostEntries, "/teams", "too_many", $"At most {MostEntries}.");
        checks.That(
            skills.Count <= MostEntries && skills.All(skill => skill is { Length: > 0 and <= 64 }),
            "/skills",
            "invalid_skill",
            $"At most {MostEntries}, 1 to 64 characters each."
        );
        for (var i = 0; i < teams.Count; i++)
            checks.That(
                staff.Team(teams[i] ?? "") is not null,
                $"/teams/{i}",
                "unknown_team",
                "There is no such team."
            );
        checks.That(
            input.QuietHours?.IsWellFormed is not false,
            "/quietHours",
            "invalid_quiet_hours",
            "An IANA zone, and two different times as 22:00."
        );
        if (checks.Failed(out var malformed))
            return malformed;
        var agent = new Agent(
            id,
            input.Name!,
            input.Role,
            teams,
            skills,
            input.Capacity,
            input.Active,
            input.QuietHours
        );
        return await StaffSlices.Put(StaffDocuments.Agent, id, agent, db, alarms, http, ct);
    }
}
