using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Contracts;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.FollowingUp;
using CustomerFeedback.Survey.Features.Answering;
using CustomerFeedback.Survey.Features.Questionnaires;
using Microsoft.EntityFrameworkCore;
using FollowUpOutcome = CustomerFeedback.Survey.Domain.FollowingUp.FollowUpOutcome;

namespace CustomerFeedback.Survey.Features.FollowingUp;

/// <summary>The answers of a call, keyed into the same questionnaire as everybody's. They end an open task; an ended one takes them once.</summary>
internal static class RecordResponse
{
    /// <param name="Mode"><c>phone</c> when not said, or <c>face_to_face</c>.</param>
    /// <param name="Partial">The customer did not want to answer everything: required questions may be missing.</param>
    internal sealed record Input(
        IReadOnlyDictionary<string, JsonElement>? Answers,
        SurveyMode? Mode = null,
        bool Partial = false,
        string? Language = null,
        int? DurationSeconds = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/follow-ups/{id:guid}/response", Handle)
            .WithName(nameof(RecordResponse))
            .Refuses(StatusCodes.Status404NotFound, Refusals.NotReady)
            .WithSummary("Key in what a customer answered in a follow-up call.")
            .Produces<Acceptance.Accepted>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status409Conflict, "follow_up_over", "do_not_contact", Refusals.AlreadyAnswered)
            .Refuses(StatusCodes.Status422UnprocessableEntity, Refusals.RequiredMissing)
            .WithIdempotency<SurveyDbContext>();

    private static Task<IResult> Handle(
        Guid id,
        Input input,
        FollowUpDesk desk,
        SurveyDbContext db,
        QuestionnaireLibrary library,
        Acceptance acceptance,
        HttpContext http,
        CancellationToken ct
    ) =>
        desk.With(
            id,
            http,
            async (followUp, token) =>
            {
                if (followUp.ResponseId is not null)
                    return Refusals.Of(LinkStanding.Answered)!;
                // What was asked in a call that is recorded already may be keyed in afterwards.
                if (
                    !(followUp.State is FollowUpState.Completed && AttemptRules.HasAnswers(followUp.Outcome))
                    && await desk.Refused(followUp, token) is { } refused
                )
                    return refused;
                if (await Newest(db, library, followUp, token) is not { } asked)
                    return Refusals.Of(LinkStanding.NotReady)!;
                var sheet = Read(input, asked, out var errors);
                if (errors.Count > 0)
                    return Problem.Malformed(errors);
                if (!input.Partial && sheet.Missing.Any())
                    return Refusals.Missing(sheet);

                var accepted = await acceptance.Take(
                    asked with
                    {
                        Mode = input.Mode ?? SurveyMode.Phone,
                    },
                    sheet,
                    PageLanguage.Match(asked.Questionnaire.Languages, input.Language ?? followUp.Language)
                        ?? asked.Questionnaire.Languages[0],
                    input.DurationSeconds,
                    token
                );
                followUp.ResponseId = accepted!.Id;
                if (followUp.State is FollowUpState.Open)
                    desk.Called(
                        followUp,
                        input.Partial ? FollowUpOutcome.Partial : FollowUpOutcome.Complete,
                        null,
                        http.User.Caller().Subject
                    );
                return TypedResults.Created($"/v1/follow-ups/{id}", accepted);
            },
            ct
        );

    private static async Task<Asked?> Newest(
        SurveyDbContext db,
        QuestionnaireLibrary library,
        FollowUpRow followUp,
        CancellationToken ct
    )
    {
        if (await QuestionnaireLibrary.Newest(db, followUp.QuestionnaireId, ct) is not { } version)
            return null;
        var rules = await db.RecoveryRules.MaxAsync(r => (int?)r.Version, ct);
        return await library.Find(db, followUp.QuestionnaireId, version, ct) is { } questionnaire
            ? Asked.By(followUp, questionnaire, version, rules ?? 0)
            : null;
    }

    private static AnswerSheet Read(Input input, Asked asked, out List<FieldError> errors)
    {
        errors = [];
        if (input.Mode is not (null or SurveyMode.Phone or SurveyMode.FaceToFace))
            errors.Add(new("/mode", "unknown_value", "phone or face_to_face."));
        var answers = GivenAnswers.Read(
            asked.Questionnaire,
            input.Answers,
            input.DurationSeconds,
            input.Language,
            errors
        );
        return new(asked.Questionnaire, answers);
    }
}
