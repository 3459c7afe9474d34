using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;

namespace CustomerFeedback.Survey.Features.Questionnaires;

/// <summary>Writes a new questionnaire down, as a draft.</summary>
internal static class CreateQuestionnaire
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/questionnaires", Handle)
            .WithName(nameof(CreateQuestionnaire))
            .GivesETag()
            .WithSummary("A new questionnaire, as a draft.")
            .Produces<QuestionnaireView>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status409Conflict, "already_exists")
            .WithIdempotency<SurveyDbContext>();

    private static async Task<IResult> Handle(
        QuestionnaireInput input,
        SurveyDbContext db,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        var spec = input.Spec(input.Id);
        if (QuestionnaireInput.Errors(spec) is { Count: > 0 } errors)
            return Problem.Malformed(errors);
        return await db.InTransaction<IResult>(
            async token =>
            {
                if (await Drafts.NewestAlone(db, spec.Id!, token) is not null)
                    return Problem.Refused(
                        StatusCodes.Status409Conflict,
                        "already_exists",
                        $"There is a questionnaire '{spec.Id}': PUT changes it."
                    );
                var now = Instants.Truncate(time.GetUtcNow());
                var row = Drafts.Add(db, spec, null, http.User.Caller().Subject, now);
                http.SetETag(row.Revision);
                return TypedResults.Created(
                    $"/v1/questionnaires/{Uri.EscapeDataString(row.Id)}",
                    QuestionnaireView.Of(row)
                );
            },
            ct
        );
    }
}
