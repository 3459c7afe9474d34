using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.FollowingUp;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.FollowingUp;

/// <summary>Who is to be called, the most urgent first.</summary>
internal static class ListFollowUps
{
    private static readonly string[] Filters = ["ticket", "state", "overdue"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/follow-ups", Handle)
            .WithName(nameof(ListFollowUps))
            .InPages()
            .Takes("ticket", "The ticket's number.")
            .Takes("state", "How it stands.", Words.All<FollowUpState>())
            .TakesFlag("overdue", "Whether the first call is, or came, late.")
            .WithSummary("Follow-up tasks, the earliest due first: ?ticket=&state=&overdue=")
            .Produces<Page<FollowUpView>>();

    private static async Task<IResult> Handle(
        SurveyDbContext db,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (!PageQuery.TryRead(http, Filters, out var page, out var problem))
            return problem;
        var now = time.GetUtcNow();
        var followUps = db.FollowUps.AsNoTracking().VisibleTo(http.User.Caller());
        var query = http.Request.Query;
        List<FieldError> errors = [];
        if (query.TryGetValue("ticket", out var ticket) && ticket.ToString() is var number)
            followUps = followUps.Where(f => f.Number == number);
        if (query.TryGetValue("state", out var wanted))
        {
            if (!Words.TryParse<FollowUpState>(wanted.ToString(), out var state))
                errors.Add(new("state", "unknown_value", $"One of {string.Join(", ", Words.All<FollowUpState>())}."));
            followUps = followUps.Where(f => f.State == state);
        }

        if (query.TryGetValue("overdue", out var flag))
        {
            if (flag.ToString() is not ("true" or "false"))
                errors.Add(new("overdue", "wrong_type", "true or false."));
            var overdue = flag == "true";
            followUps = followUps.Where(f => ((f.FirstAttemptAt ?? f.EndedAt ?? now) > f.DueAt) == overdue);
        }

        if (errors.Count > 0)
            return Problem.Malformed(errors);
        if (page.After is { } after)
            followUps = followUps.Where(f => f.DueAt > after.At || (f.DueAt == after.At && f.Id > after.Id));
        var rows = await followUps.OrderBy(f => f.DueAt).ThenBy(f => f.Id).Take(page.Limit + 1).ToListAsync(ct);
        return TypedResults.Ok(
            page.Answer(
                http,
                [.. rows.Select(row => FollowUpView.Of(row, now))],
                view => new Cursor(view.DueAt, view.Id)
            )
        );
    }
}
