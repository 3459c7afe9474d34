using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Routing;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Staffing;

/// <summary>The ordered rules that send a ticket to a team. Each PUT is a new version; a ticket keeps the version that routed it.</summary>
internal static class KeepRoutingRules
{
    private const int MostRules = 500;

    internal sealed record Input(IReadOnlyList<Rule?>? Rules, int? Version = null);

    internal sealed record Rule(
        string? Id,
        string? Team,
        RoutingMatch? When = null,
        StaffRole To = StaffRole.Agent,
        IReadOnlyList<string>? Skills = null
    );

    internal sealed record View(int Version, IReadOnlyList<RoutingRule> Rules);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/v1/routing-rules", Get)
            .WithName("GetRoutingRules")
            .GivesETag()
            .WithSummary("The routing rules in force, in order; the first match wins.")
            .Produces<View>();
        routes
            .MapPut("/v1/routing-rules", Put)
            .WithName("PutRoutingRules")
            .Produces<View>()
            .NamesVersion(VersionNamed.Always)
            .WithSummary("Replace the routing rules by a new version (If-Match); the last rule matches everything.");
    }

    private static async Task<IResult> Get(TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        var rules = await db.CurrentRoutingRules(ct);
        http.SetETag(rules.Version);
        return TypedResults.Ok(new View(rules.Version, rules.Rules));
    }

    private static async Task<IResult> Put(
        Input input,
        TicketingDbContext db,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!IfMatch.TryRead(http, out var version, out var missing))
            return missing;
        var checks = new Checks();
        var rules = Checked(input.Rules ?? [], await db.People(ct), checks);
        if (checks.Failed(out var malformed))
            return malformed;
        return await db.InTransaction<IResult>(
            async token =>
            {
                // One writer at a time: versions have no gaps and nobody overwrites what he has not seen.
                await db.Database.ExecuteSqlAsync($"LOCK TABLE routing_rules IN SHARE ROW EXCLUSIVE MODE", token);
                var current = await db.RoutingRules.MaxAsync(row => row.Version, token);
                if (version is not null && version != current)
                    return Problem.Stale();
                db.RoutingRules.Add(
                    new()
                    {
                        Version = current + 1,
                        Rules = StaffDocuments.Write(rules),
                        By = http.User.Caller().Subject,
                        At = Instants.Truncate(time.GetUtcNow()),
                    }
                );
                http.SetETag(current + 1);
                return TypedResults.Ok(new View(current + 1, rules));
            },
            ct
        );
    }

    private static List<RoutingRule> Checked(IReadOnlyList<Rule?> rules, Staff staff, Checks checks)
    {
        checks.That(rules.Count is >= 1 and <= MostRules, "/rules", "out_of_range", $"1 to {MostRules} rules.");
        var read = new List<RoutingRule>();
        foreach (var (rule, at) in rules.Select((rule, i) => (rule, $"/rules/{i}")))
        {
            checks.That(rule?.Id is { Length: > 0 and <= 64 }, $"{at}/id", "required", "1 to 64 characters.");
            checks.That(
                read.TrueForAll(r => r.Id != rule?.Id),
                $"{at}/id",
                "duplicate_id",
                "Another rule has this id."
            );
            var known = staff.Team(rule?.Team ?? "") is { Active: true };
            checks.That(known, $"{at}/team", "unknown_team", "There is no such team.");
            read.Add(new(rule?.Id ?? "", rule?.When ?? new(), rule?.Team ?? "", rule?.To ?? default, rule?.Skills));
        }

        var last = $"/rules/{Math.Max(0, read.Count - 1)}/when";
        var everything = read.LastOrDefault()?.When.MatchesEverything is true;
        checks.That(
            everything,
            last,
            "no_catch_all",
            "The last rule matches everything: no ticket is left without a team."
        );
        return read;
    }
}
