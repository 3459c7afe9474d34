using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Answers;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>Takes a response from a program. A personal link is answered once, whatever arrives at the same moment.</summary>
internal static class SubmitResponse
{
    /// <summary>The answers, together with what was kept before.</summary>
    /// <param name="Version">Of a store link: the version that was shown; the newest when not said.</param>
    internal sealed record Input(
        IReadOnlyDictionary<string, JsonElement>? Answers,
        string? Language = null,
        int? DurationSeconds = null,
        int? Version = null
    );

    // Of the built-in questionnaire "ticket-satisfaction".
    private const string Example = """
        {
          "answers": { "attitude": 5, "efficiency": 4, "expertise": 5, "clarity": 4, "overall": 5, "nps": 9, "solved": true, "comment": "Quick." },
          "language": "en", "durationSeconds": 40
        }
        """;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/survey-links/{token}/response", Handle)
            .WithName(nameof(SubmitResponse))
            .Refuses(StatusCodes.Status404NotFound, Refusals.NotReady)
            .ForExample(Example)
            .WithSummary("Answer a survey. A personal link once; a store link by anybody.")
            .Produces<Acceptance.Accepted>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status409Conflict, Refusals.AlreadyAnswered)
            .Refuses(StatusCodes.Status410Gone, Refusals.Expired, Refusals.Cancelled)
            .Refuses(StatusCodes.Status422UnprocessableEntity, Refusals.RequiredMissing)
            .WithIdempotency<SurveyDbContext>();

    private static async Task<IResult> Handle(
        string token,
        Input input,
        SurveyLinks links,
        DraftDesk drafts,
        Acceptance acceptance,
        CancellationToken ct
    )
    {
        var link = await links.Find(token, input.Version, ct);
        if (Refusals.Of(link.Standing) is { } refused)
            return refused;
        List<FieldError> errors = [];
        var questionnaire = link.Questionnaire!;
        var answers = GivenAnswers.Read(questionnaire, input.Answers, input.DurationSeconds, input.Language, errors);
        if (errors.Count > 0)
            return Problem.Malformed(errors);

        foreach (var (id, kept) in await drafts.Read(link, ct))
        {
            if (!input.Answers!.ContainsKey(id))
                answers[id] = kept;
        }

        var sheet = new AnswerSheet(questionnaire, answers);
        if (sheet.Missing.Any())
            return Refusals.Missing(sheet);
        var accepted = await acceptance.Take(
            Asked.By(link),
            sheet,
            PageLanguage.Match(questionnaire.Languages, input.Language ?? link.Language) ?? questionnaire.Languages[0],
            input.DurationSeconds,
            ct
        );
        return accepted is not null
            ? TypedResults.Created((string?)null, accepted)
            : Refusals.Of((await links.Find(token, null, ct)).Standing) ?? Problem.NotFound();
    }
}
