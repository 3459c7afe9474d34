using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.FollowingUp;

/// <summary>One task.</summary>
internal static class GetFollowUp
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/follow-ups/{id:guid}", Handle)
            .WithName(nameof(GetFollowUp))
            .WithSummary("A follow-up task with its attempts.")
            .Produces<FollowUpView>();

    private static async Task<IResult> Handle(
        Guid id,
        SurveyDbContext db,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (Query.Allow(http) is { } unknown)
            return unknown;
        var row = await db
            .FollowUps.AsNoTracking()
            .VisibleTo(http.User.Caller())
            .SingleOrDefaultAsync(f => f.Id == id, ct);
        return row is null ? Problem.NotFound() : TypedResults.Ok(FollowUpView.Of(row, time.GetUtcNow()));
    }
}
