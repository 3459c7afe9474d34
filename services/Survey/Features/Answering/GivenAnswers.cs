using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>What every program that sends answers has to say right: the answers, how long they took, and the language.</summary>
internal static class GivenAnswers
{
    /// <summary>Nobody is at it longer.</summary>
    public const int LongestSeconds = 30 * 24 * 3600;

    /// <summary>Reads the answers; what is wrong with any of it is added to <paramref name="errors"/>.</summary>
    public static Dictionary<string, Answer> Read(
        Questionnaire questionnaire,
        IReadOnlyDictionary<string, JsonElement>? given,
        int? durationSeconds,
        string? language,
        List<FieldError> errors
    )
    {
        if (given is null)
            errors.Add(new("/answers", "required", "An object of answers is required."));
        if (durationSeconds is < 0 or > LongestSeconds)
            errors.Add(new("/durationSeconds", "out_of_range", $"0 to {LongestSeconds}."));
        if (language is not null && PageLanguage.Match(questionnaire.Languages, language) is null)
            errors.Add(
                new(
                    "/language",
                    "unknown_language",
                    $"One of these is wanted: {string.Join(", ", questionnaire.Languages)}."
                )
            );
        var answers = AnswerReader.Read(questionnaire, given ?? new Dictionary<string, JsonElement>(), out var faults);
        errors.AddRange(faults.Select(f => new FieldError($"/answers{f.Pointer}", f.Code, f.Message)));
        return answers;
    }
}
