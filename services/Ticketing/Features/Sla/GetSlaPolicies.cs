using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>The policies that hold now, and one of them.</summary>
internal static class GetSlaPolicies
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/v1/sla/policies", List)
            .WithName("ListSlaPolicies")
            .InPages()
            .WithSummary("The current version of every SLA policy.")
            .Produces<Page<SlaPolicySpec>>();
        routes
            .MapGet("/v1/sla/policies/{id}", One)
            .WithName("GetSlaPolicy")
            .GivesETag()
            .WithSummary("The current version of an SLA policy.")
            .Produces<SlaPolicySpec>();
    }

    private static async Task<IResult> List(TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        if (!PageQuery.TryRead(http, [], out var page, out var problem))
            return problem;
        var rows = await db.CurrentPolicies().AsNoTracking().ToListAsync(ct);
        return TypedResults.Ok(SlaVersions.Page(http, page, rows.Select(Shown), policy => policy.Id!));
    }

    private static async Task<IResult> One(string id, TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        var row = await db
            .Policies.AsNoTracking()
            .Where(policy => policy.PolicyId == id)
            .OrderByDescending(policy => policy.Version)
            .FirstOrDefaultAsync(ct);
        if (row is null)
            return Problem.NotFound();
        http.SetETag(row.Version);
        return TypedResults.Ok(Shown(row));
    }

    private static SlaPolicySpec Shown(SlaPolicyRow row) =>
        SlaDocuments.Read(row).Policy.Spec with
        {
            Version = row.Version,
        };
}
