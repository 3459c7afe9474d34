using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Routing;

namespace CustomerFeedback.Ticketing.Features.Staffing;

/// <summary>Teams: read by those who work with tickets, written by an administrator.</summary>
internal static class KeepTeams
{
    internal sealed record Input(
        IReadOnlyDictionary<string, string>? Name,
        string? Id = null,
        bool Active = true,
        int? Version = null
    );

    /// <summary>A team as it is shown.</summary>
    internal sealed record Shown(string Id, IReadOnlyDictionary<string, string> Name, bool Active, int Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/v1/teams",
                (TicketingDbContext db, HttpContext http, CancellationToken ct) =>
                    StaffSlices.List(StaffDocuments.Team, db, http, ct)
            )
            .WithName("ListTeams")
            .Produces<Page<Shown>>()
            .InPages()
            .WithSummary("All teams.");
        routes
            .MapGet(
                "/v1/teams/{id}",
                (string id, TicketingDbContext db, HttpContext http, CancellationToken ct) =>
                    StaffSlices.Get(StaffDocuments.Team, id, db, http, ct)
            )
            .WithName("GetTeam")
            .Produces<Shown>()
            .GivesETag()
            .WithSummary("One team.");
        routes
            .MapPut("/v1/teams/{id}", Put)
            .WithName("PutTeam")
            .Produces<Shown>()
            .Produces<Shown>(StatusCodes.Status201Created)
            .NamesVersion(VersionNamed.WhereItExists)
            .WithSummary("Create or replace a team (If-Match).");
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
        var checks = new Checks();
        checks.Id(id, input.Id);
        var name = input.Name ?? new Dictionary<string, string>();
        checks.That(name.Count > 0, "/name", "required", "A name in at least one language.");
        checks.That(
            name.Values.All(text => text is { Length: > 0 and <= Checks.NameLength }),
            "/name",
            "invalid_name",
            $"1 to {Checks.NameLength} characters."
        );
        if (checks.Failed(out var malformed))
            return malformed;
        return await StaffSlices.Put(StaffDocuments.Team, id, new Team(id, name, input.Active), db, alarms, http, ct);
    }
}
