using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Questionnaires;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Questionnaires;

/// <summary>Opens the draft for answers. From then on it never changes; the version before it takes no new invitations.</summary>
internal static class PublishQuestionnaire
{
    internal sealed record Published(
        string Id,
        int Version,
        DateTimeOffset PublishedAt,
        IReadOnlyList<Finding> Findings
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/questionnaires/{id}/publish", Handle)
            .WithName(nameof(PublishQuestionnaire))
            .GivesETag()
            .WithSummary("Publish the draft; 422 with findings while an error stands.")
            .Produces<Published>()
            .Refuses(StatusCodes.Status409Conflict, "nothing_to_publish")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "unsound_questionnaire")
            .WithIdempotency<SurveyDbContext>();

    private static Task<IResult> Handle(
        string id,
        SurveyDbContext db,
        TimeProvider time,
        ILogger<QuestionnaireLibrary> log,
        HttpContext http,
        CancellationToken ct
    ) =>
        db.InTransaction<IResult>(
            async token =>
            {
                var draft = await Drafts.NewestAlone(db, id, token);
                if (draft is null)
                    return Problem.NotFound();
                if (draft.State is not VersionState.Draft)
                    return Problem.Refused(
                        StatusCodes.Status409Conflict,
                        "nothing_to_publish",
                        $"Version {draft.Version} is published and there is no draft after it."
                    );
                var questionnaire = QuestionnaireLibrary.Read(draft.Body);
                var findings = Findings.Of(questionnaire);
                if (findings.Any(finding => finding.Severity == Finding.Error))
                    return Unsound(findings);

                var now = Instants.Truncate(time.GetUtcNow());
                await db
                    .Questionnaires.Where(row => row.Id == id && row.State == VersionState.Published)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, VersionState.Retired), token);
                (draft.State, draft.PublishedAt) = (VersionState.Published, now);
                (draft.ChangedBy, draft.ChangedAt) = (http.User.Caller().Subject, now);
                draft.Revision++;
                db.Publish(Publishing.Event(questionnaire, draft.Version, now), id);
                Log.Published(log, id, draft.Version, draft.ChangedBy);
                http.SetETag(draft.Revision);
                return TypedResults.Ok(new Published(id, draft.Version, now, findings));
            },
            ct
        );

    private static ProblemHttpResult Unsound(IReadOnlyList<Finding> findings) =>
        Problem.Refused(
            StatusCodes.Status422UnprocessableEntity,
            "unsound_questionnaire",
            "It cannot be answered as it is: correct the errors first.",
            more: [new("findings", findings)],
            errors: findings
                .Where(finding => finding.Severity == Finding.Error)
                .Select(finding => new FieldError(finding.Question ?? "", finding.Rule, finding.Message))
        );
}
