using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Features.Questionnaires;

/// <summary>A version of a questionnaire as the API shows it.</summary>
internal sealed record QuestionnaireView(
    string Id,
    int Version,
    VersionState State,
    IReadOnlyDictionary<string, string> Title,
    IReadOnlyList<string> Languages,
    IReadOnlyList<SectionSpec?> Sections,
    int EstimatedSeconds,
    string ChangedBy,
    DateTimeOffset ChangedAt,
    DateTimeOffset? PublishedAt
)
{
    public static QuestionnaireView Of(QuestionnaireRow row)
    {
        var spec = StoredJson.Read<QuestionnaireSpec>(row.Body);
        return new(
            row.Id,
            row.Version,
            row.State,
            spec.Title!,
            spec.Languages!,
            spec.Sections!,
            (int)ReadingTime.Estimate(Questionnaire.Of(spec)).TotalSeconds,
            row.ChangedBy,
            row.ChangedAt,
            row.PublishedAt
        );
    }
}

/// <summary>A questionnaire as it is sent. What GET shows beside it may come back with it and counts for nothing.</summary>
internal sealed record QuestionnaireInput(
    string? Id,
    IReadOnlyDictionary<string, string>? Title,
    IReadOnlyList<string>? Languages,
    IReadOnlyList<SectionSpec?>? Sections,
    int? Version = null,
    VersionState? State = null,
    int? EstimatedSeconds = null,
    string? ChangedBy = null,
    DateTimeOffset? ChangedAt = null,
    DateTimeOffset? PublishedAt = null
)
{
    public QuestionnaireSpec Spec(string? id) => new(id, Title, Languages, Sections);

    /// <summary>Everything that keeps it from being read.</summary>
    public static IReadOnlyList<FieldError> Errors(QuestionnaireSpec spec) =>
        [.. QuestionnaireCheck.Of(spec).Select(fault => new FieldError(fault.Pointer, fault.Code, fault.Message))];
}
