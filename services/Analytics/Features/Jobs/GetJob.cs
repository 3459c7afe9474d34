using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Features.Jobs;

/// <summary>Long work: how far it is, and what came of it.</summary>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>succeeded</c> or <c>failed</c>.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Result">Of a rebuild: events and threads read, the checksum before and after, and whether they are equal. Of a resend: events, and messages for the service's queues.</param>
internal sealed record JobView(
    string Id,
    string Kind,
    string State,
    double Progress,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    JsonElement? Result,
    IReadOnlyList<string> Errors
)
{
    public static JobView Of(Job job) =>
        new(
            job.Id,
            job.Kind,
            job.State,
            job.Progress,
            job.CreatedAt,
            job.StartedAt,
            job.FinishedAt,
            job.Result is null ? null : JsonElement.Parse(job.Result),
            job.Error is null ? [] : [job.Error]
        );
}

/// <summary>One job; those who may not ask for such work do not see it.</summary>
internal static class GetJob
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/jobs/{id}", Handle)
            .WithName(nameof(GetJob))
            .WithSummary("How far a job is, and what came of it.")
            .Produces<JobView>();

    private static async Task<IResult> Handle(string id, AnalyticsDbContext db, HttpContext http, CancellationToken ct)
    {
        var caller = http.User.Caller();
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, ct);
        return job is null || !(caller.Is(Roles.Admin) || job.RequestedBy == caller.Subject)
            ? Problem.NotFound()
            : TypedResults.Ok(JobView.Of(job));
    }
}
