using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Features.Questionnaires;

/// <summary>Replaces the draft; where the newest version is published, begins the next one. What is published stays as it is.</summary>
internal static class PutQuestionnaire
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/v1/questionnaires/{id}", Handle)
            .WithName(nameof(PutQuestionnaire))
            .NamesVersion(VersionNamed.WhereItExists)
            .WithSummary("Replace the draft, or begin the next version (If-Match where it exists).")
            .Produces<QuestionnaireView>()
            .Produces<QuestionnaireView>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(
        string id,
        QuestionnaireInput input,
        SurveyDbContext db,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (input.Id is not null && input.Id != id)
            return Problem.Malformed(new FieldError("/id", "id_mismatch", $"The path says '{id}'."));
        var spec = input.Spec(id);
        if (QuestionnaireInput.Errors(spec) is { Count: > 0 } errors)
            return Problem.Malformed(errors);
        var by = http.User.Caller().Subject;
        var now = Instants.Truncate(time.GetUtcNow());
        return await db.InTransaction(token => Put(spec, by, now, db, http, token), ct);
    }

    private static async Task<IResult> Put(
        QuestionnaireSpec spec,
        string by,
        DateTimeOffset now,
        SurveyDbContext db,
        HttpContext http,
        CancellationToken ct
    )
    {
        var newest = await Drafts.NewestAlone(db, spec.Id!, ct);
        if (newest is null)
        {
            if (http.Request.Headers.IfMatch.Count > 0)
                return Problem.Stale();
            newest = Drafts.Add(db, spec, null, by, now);
            http.SetETag(newest.Revision);
            return TypedResults.Created(
                $"/v1/questionnaires/{Uri.EscapeDataString(newest.Id)}",
                QuestionnaireView.Of(newest)
            );
        }

        if (!IfMatch.TryRead(http, out var revision, out var problem))
            return problem;
        if (revision is not null && revision != newest.Revision)
            return Problem.Stale();
        if (newest.State is VersionState.Draft)
        {
            newest.Body = StoredJson.Write(spec);
            newest.Revision++;
            (newest.ChangedBy, newest.ChangedAt) = (by, now);
        }
        else
            newest = Drafts.Add(db, spec, newest, by, now);

        http.SetETag(newest.Revision);
        return TypedResults.Ok(QuestionnaireView.Of(newest));
    }
}
