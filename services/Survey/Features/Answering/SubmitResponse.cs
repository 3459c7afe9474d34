using System.Text.Json;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Answers;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>Takes a response from a program. A personal link is answered once, whatever arrives at the same moment.</summary>
internal static class SubmitResponse
{
    public const int LongestSeconds = 30 * 24 * 3600;

    /// <summary>The answers, together with what was kept before.</summary>
    /// <param name="Version">Of a store link: the version that was shown; the newest when not said.</param>
    internal sealed record Input(
        IReadOnlyDictionary<string, JsonElement>? Answers,
        string? Language = null,
        int? DurationSeconds = null,
        int? Version = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/survey-links/{token}/response", Handle)
            .WithName(nameof(SubmitResponse))
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
        if (input.Answers is null)
            errors.Add(new("/answers", "required", "An object of answers is required."));
        if (input.DurationSeconds is < 0 or > LongestSeconds)
            errors.Add(new("/durationSeconds", "out_of_range", $"0 to {LongestSeconds}."));
        var questionnaire = link.Questionnaire!;
        var language = input.Language is null
            ? link.Language ?? questionnaire.Languages[0]
            : PageLanguage.Match(questionnaire.Languages, input.Language);
        if (language is null)
            errors.Add(
                new(
                    "/language",
                    "unknown_language",
                    $"One of these is wanted: {string.Join(", ", questionnaire.Languages)}."
                )
            );
        var given = input.Answers ?? new Dictionary<string, JsonElement>();
        var answers = AnswerReader.Read(questionnaire, given, out var faults);
        errors.AddRange(faults.Select(f => new FieldError($"/answers{f.Pointer}", f.Code, f.Message)));
        if (errors.Count > 0)
            return Problem.Malformed(errors);

        foreach (var (id, kept) in await drafts.Read(link, ct))
        {
            if (!given.ContainsKey(id))
                answers[id] = kept;
        }

        var sheet = new AnswerSheet(questionnaire, answers);
        if (sheet.Missing.Any())
            return Refusals.Missing(sheet);
        var accepted = await acceptance.Take(
            Asked.By(link),
            sheet,
            PageLanguage.Match(questionnaire.Languages, language) ?? questionnaire.Languages[0],
            input.DurationSeconds,
            ct
        );
        return accepted is not null
            ? TypedResults.Created((string?)null, accepted)
            : Refusals.Of((await links.Find(token, null, ct)).Standing) ?? Problem.NotFound();
    }
}
