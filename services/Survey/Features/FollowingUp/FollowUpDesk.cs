using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.FollowingUp;
using CustomerFeedback.Survey.Domain.Inviting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Survey.Features.FollowingUp;

/// <summary>What is done with a task: its row is held, so that two who call at once do not both end it.</summary>
internal sealed class FollowUpDesk(SurveyDbContext db, IOptions<SurveyOptions> options, TimeProvider time)
{
    public DateTimeOffset Now => Instants.Truncate(time.GetUtcNow());

    /// <summary>Does something with a task that the caller may see, in one transaction.</summary>
    public Task<IResult> With(
        Guid id,
        HttpContext http,
        Func<FollowUpRow, CancellationToken, Task<IResult>> work,
        CancellationToken ct
    ) =>
        db.InTransaction(
            async token =>
            {
                var followUp = await db
                    .FollowUps.FromSql($"SELECT * FROM follow_ups WHERE id = {id} FOR UPDATE")
                    .VisibleTo(http.User.Caller())
                    .SingleOrDefaultAsync(token);
                return followUp is null ? Problem.NotFound() : await work(followUp, token);
            },
            ct
        );

    /// <summary>Why this customer is not to be called now; null where they may be.</summary>
    public async Task<ProblemHttpResult?> Refused(FollowUpRow followUp, CancellationToken ct)
    {
        if (followUp.State is not FollowUpState.Open)
            return Over(followUp);
        // The wish may have come a moment ago: it counts at once.
        var customer = await db
            .Customers.AsNoTracking()
            .SingleOrDefaultAsync(c => c.CustomerId == followUp.CustomerId, ct);
        return customer is not null && FollowUpPlans.IsNotToBeCalled(customer, Now)
            ? Problem.Refused(
                StatusCodes.Status409Conflict,
                ContactRules.DoNotContact,
                "This customer does not want to be called."
            )
            : null;
    }

    /// <summary>Notes a call and tells what came of it.</summary>
    public void Called(FollowUpRow followUp, FollowUpOutcome outcome, DateTimeOffset? callBackAt, string by) =>
        db.Publish(
            followUp.Called(new(Now, by, outcome, callBackAt), options.Value.FollowUpAttempts),
            followUp.Id.ToString()
        );

    public static ProblemHttpResult Over(FollowUpRow followUp) =>
        Problem.Refused(
            StatusCodes.Status409Conflict,
            "follow_up_over",
            "This follow-up is over.",
            more: [new("state", followUp.State), new("outcome", followUp.Outcome), new("reason", followUp.Reason)]
        );
}
