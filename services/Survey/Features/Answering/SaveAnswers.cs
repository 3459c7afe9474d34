using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Domain.Answers;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>Keeps answers before the survey is sent off. Question by question the newest counts; null takes one away.</summary>
internal static class SaveAnswers
{
    internal sealed record Input(IReadOnlyDictionary<string, JsonElement>? Answers);

    /// <summary>What is kept now, which questions these answers bring up, and which of them still need one.</summary>
    internal sealed record Saved(JsonObject Answers, IReadOnlyList<string> Shown, IReadOnlyList<string> Missing);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/v1/survey-links/{token}/answers", Handle)
            .WithName(nameof(SaveAnswers))
            .Refuses(StatusCodes.Status404NotFound, Refusals.NotReady)
            .WithSummary("Keep answers for later; nothing is sent off yet.")
            .Produces<Saved>()
            .Refuses(StatusCodes.Status409Conflict, Refusals.AlreadyAnswered, "not_kept")
            .Refuses(StatusCodes.Status410Gone, Refusals.Expired, Refusals.Cancelled);

    private static async Task<IResult> Handle(
        string token,
        Input input,
        SurveyLinks links,
        DraftDesk drafts,
        CancellationToken ct
    )
    {
        var link = await links.Find(token, null, ct);
        if (Refusals.Of(link.Standing) is { } refused)
            return refused;
        if (input.Answers is not { } given)
            return Problem.Malformed(new FieldError("/answers", "required", "An object of answers is required."));
        if (!link.KeepsDrafts)
            return Problem.Refused(
                StatusCodes.Status409Conflict,
                "not_kept",
                "Nobody knows whose answers these are: a link that hangs in a store is answered in one go."
            );
        var questionnaire = link.Questionnaire!;
        var answers = AnswerReader.Read(questionnaire, given, out var faults);
        if (faults.Count > 0)
            return Refusals.Malformed(faults);
        var kept = await drafts.Keep(link, answers, given.Keys.Except(answers.Keys), ct);
        if (kept is null)
            return Refusals.Of((await links.Find(token, null, ct)).Standing) ?? Problem.NotFound();
        var sheet = new AnswerSheet(questionnaire, kept);
        return TypedResults.Ok(
            new Saved(
                AnswerWriter.Write(questionnaire, kept),
                [.. sheet.Shown.Select(question => question.Id)],
                [.. sheet.Missing.Select(question => question.Id)]
            )
        );
    }
}
