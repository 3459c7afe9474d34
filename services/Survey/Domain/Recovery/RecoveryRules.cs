using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Domain.Recovery;

/// <summary>Turns a response that must not be left alone into work for somebody: ordered rules, each version kept.</summary>
/// <param name="Rules">In order: the first that is met names the request; the reasons of all are told.</param>
/// <param name="Topics">In order: who is responsible for what.</param>
/// <param name="Otherwise">The department where no topic fits.</param>
internal sealed record RecoveryRules(
    IReadOnlyList<RecoveryRule> Rules,
    IReadOnlyList<RecoveryTopic> Topics,
    string Otherwise
)
{
    /// <summary>What a response calls for, or null.</summary>
    public RecoveryNeed? Decide(AnswerSheet sheet, string? subcategory)
    {
        var met = Rules
            .Select(rule => (rule, reasons: rule.Reasons(sheet).ToList()))
            .Where(m => m.reasons.Count > 0)
            .ToList();
        if (met.Count == 0)
            return null;
        var first = met[0].rule;
        return new(
            first.Id,
            first.Department ?? Department(sheet, [.. met.SelectMany(m => m.reasons)], subcategory),
            first.Type,
            first.Urgency,
            [.. met.SelectMany(m => m.reasons).Select(reason => reason.Spelled).Distinct()]
        );
    }

    private string Department(AnswerSheet sheet, IReadOnlyList<Reason> reasons, string? subcategory)
    {
        var words = string.Join('\n', Spoken.In(sheet));
        var dimensions = reasons.Select(reason => reason.Dimension).OfType<string>().ToHashSet();
        return (
                Topics.FirstOrDefault(topic =>
                    topic.Words.Any(word => words.Contains(word, StringComparison.OrdinalIgnoreCase))
                )
                ?? Topics.FirstOrDefault(topic => topic.Dimensions.Any(dimensions.Contains))
                ?? Topics.FirstOrDefault(topic => subcategory is not null && topic.Subcategories.Contains(subcategory))
            )?.Department
            ?? Otherwise;
    }
}

/// <summary>A topic and the department that it belongs to; words of answers speak first, then dimensions, then the ticket's subcategory.</summary>
internal sealed record RecoveryTopic(
    string Department,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Dimensions,
    IReadOnlyList<string> Subcategories
);

/// <summary>What is to be done about a response.</summary>
internal sealed record RecoveryNeed(
    string RuleId,
    string Department,
    string Type,
    string Urgency,
    IReadOnlyList<string> Reasons
);

/// <summary>Something that a rule found, as <c>dimension:attitude&lt;=2</c>.</summary>
internal sealed record Reason(string Spelled, string? Dimension = null);

/// <summary>The customer's own words in a response.</summary>
internal static class Spoken
{
    public static IEnumerable<string> In(AnswerSheet sheet) =>
        from question in sheet.Shown
        where question.Type is not QuestionType.Date
        let text = sheet[question.Id]?.Text
        where text is not null
        select text;
}
