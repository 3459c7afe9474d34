using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Features.Jobs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Analytics.Features.Rebuilding;

/// <summary>Asks for the facts and rollups to be made anew from the stored events, while everything goes on.</summary>
internal static class StartRebuild
{
    public const string Kind = "rebuild";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/admin/analytics/rebuild", Handle)
            .WithIdempotency<AnalyticsDbContext>()
            .WithName(nameof(StartRebuild))
            .WithSummary(
                "Makes facts and rollups anew from all stored events; the job tells whether that changed anything."
            )
            .Produces<JobView>(StatusCodes.Status202Accepted);

    private static async Task<IResult> Handle(
        AnalyticsDbContext db,
        HttpContext http,
        TimeProvider time,
        Alarm alarm,
        CancellationToken ct
    )
    {
        var job = new Job
        {
            Id = $"an-{Guid.CreateVersion7()}",
            Kind = Kind,
            State = "queued",
            RequestedBy = http.User.Caller().Subject,
            CreatedAt = Instants.Truncate(time.GetUtcNow()),
        };
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        alarm.Ring(); // too early where a transaction is still open: then the worker's next look finds it
        return TypedResults.Accepted($"/v1/jobs/{job.Id}", JobView.Of(job));
    }
}
