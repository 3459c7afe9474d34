using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.FollowingUp;

namespace CustomerFeedback.Survey.Features.FollowingUp;

/// <summary>How a call went. Answers may be keyed in with it, or afterwards.</summary>
internal static class RecordAttempt
{
    /// <param name="CallBackAt">Of <c>call_back</c>: the time that the customer asked for.</param>
    internal sealed record Input(FollowUpOutcome? Outcome, DateTimeOffset? CallBackAt = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/follow-ups/{id:guid}/attempts", Handle)
            .WithName(nameof(RecordAttempt))
            .WithSummary(
                "Record how a follow-up call went: complete, partial, refused, no_contact, call_back, wrong_number."
            )
            .Produces<FollowUpView>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status409Conflict, "follow_up_over", "do_not_contact")
            .WithIdempotency<SurveyDbContext>();

    private static async Task<IResult> Handle(
        Guid id,
        Input input,
        FollowUpDesk desk,
        HttpContext http,
        CancellationToken ct
    )
    {
        List<FieldError> errors = [];
        if (input.Outcome is null)
            errors.Add(new("/outcome", "required", "How the call ended is required."));
        if (input.Outcome is FollowUpOutcome.CallBack && !(input.CallBackAt > desk.Now))
            errors.Add(new("/callBackAt", "in_the_past", "When to call back is required, in the future."));
        if (input.CallBackAt is not null && input.Outcome is not FollowUpOutcome.CallBack)
            errors.Add(new("/callBackAt", "not_applicable", "Only for call_back."));
        if (errors.Count > 0)
            return Problem.Malformed(errors);

        return await desk.With(
            id,
            http,
            async (followUp, token) =>
            {
                if (await desk.Refused(followUp, token) is { } refused)
                    return refused;
                var callBackAt = input.CallBackAt is { } at ? Instants.Truncate(at) : (DateTimeOffset?)null;
                desk.Called(followUp, input.Outcome!.Value, callBackAt, http.User.Caller().Subject);
                return TypedResults.Created($"/v1/follow-ups/{id}", FollowUpView.Of(followUp, desk.Now));
            },
            ct
        );
    }
}
