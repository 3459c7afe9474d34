namespace CustomerFeedback.Survey.Domain.Questionnaires;

/// <summary>Something about a questionnaire that its author should know; an error keeps it from being published.</summary>
/// <param name="Question">Null where it concerns the whole.</param>
internal sealed record Finding(string Rule, string Severity, string? Question, string Message, string Suggestion)
{
    public const string Error = "error";
    public const string Warning = "warning";
    public const string Advice = "advice";
}

/// <summary>Whether a questionnaire is sound: everything translated, every point labelled, every question reachable, no loops.</summary>
internal static class Findings
{
    private const int ManyQuestions = 15;
    private const int LongSeconds = 180;

    public static IReadOnlyList<Finding> Of(Questionnaire questionnaire) =>
        [
            .. MissingTranslations(questionnaire),
            .. questionnaire.Questions.SelectMany(Labels),
            .. Order(questionnaire),
            .. Reachability.Unreachable(questionnaire).Select(Unreachable),
            .. Whole(questionnaire),
        ];

    private static IEnumerable<Finding> MissingTranslations(Questionnaire questionnaire) =>
        from text in Texts(questionnaire)
        where !text.Text.IsEmpty
        from language in questionnaire.Languages
        where !text.Text.ByLanguage.ContainsKey(language)
        select new Finding(
            "missing_translation",
            Finding.Error,
            text.Question,
            $"{text.What} is missing in {language}.",
            $"Write it in {language}, or take {language} off the languages."
        );

    private static IEnumerable<(string? Question, string What, LocalText Text)> Texts(Questionnaire questionnaire)
    {
        yield return (null, "The title", questionnaire.Title);
        foreach (var section in questionnaire.Sections)
            yield return (null, $"The title of section {section.Id}", section.Title);
        foreach (var question in questionnaire.Questions)
        {
            yield return (question.Id, "The text", question.Text);
            yield return (question.Id, "The text of the remark", question.RemarkText);
            foreach (var (point, label) in question.Labels)
                yield return (question.Id, $"The label of {point}", label);
            foreach (var option in question.Options)
                yield return (question.Id, $"The text of option {option.Id}", option.Text);
            foreach (var row in question.Rows)
                yield return (question.Id, $"The text of row {row.Id}", row.Text);
        }
    }

    // Five points want a label each; of longer scales both ends.
    private static IEnumerable<Finding> Labels(Question question)
    {
        if (question.Type is not (QuestionType.Rating or QuestionType.Matrix) || question.Range is not { } range)
            return [];
        var wanted = question.Scale == Questionnaire.UsualScale ? question.Points : [range.Lowest, range.Highest];
        return from point in wanted
            where !question.Labels.ContainsKey(point)
            select new Finding(
                "unbalanced_scale",
                Finding.Error,
                question.Id,
                $"Point {point} has no label.",
                "Say what every point means, lowest to highest in equal steps."
            );
    }

    private static IEnumerable<Finding> Order(Questionnaire questionnaire)
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in questionnaire.Questions)
        {
            foreach (var other in question.ShowIf?.Questions.Distinct() ?? [])
            {
                if (other == question.Id || DependsOn(questionnaire, other, question.Id))
                    yield return new(
                        "logic_loop",
                        Finding.Error,
                        question.Id,
                        $"Whether it is asked depends on itself, by way of {other}.",
                        "Let it depend on questions before it only."
                    );
                else if (!before.Contains(other))
                    yield return new(
                        "unreachable",
                        Finding.Error,
                        question.Id,
                        $"It depends on {other}, which is asked later.",
                        $"Move it behind {other}."
                    );
            }

            before.Add(question.Id);
        }
    }

    private static bool DependsOn(Questionnaire questionnaire, string from, string target)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var id))
        {
            if (id == target)
                return true;
            if (!seen.Add(id))
                continue;
            foreach (var next in questionnaire.Find(id)?.ShowIf?.Questions ?? [])
                open.Push(next);
        }

        return false;
    }

    private static Finding Unreachable(Question question) =>
        new(
            "unreachable",
            Finding.Error,
            question.Id,
            "No answers make its condition hold.",
            "Correct the condition, or leave the question out."
        );

    private static IEnumerable<Finding> Whole(Questionnaire questionnaire)
    {
        if (questionnaire.Questions.Count > ManyQuestions)
            yield return new(
                "too_many_questions",
                Finding.Warning,
                null,
                $"{questionnaire.Questions.Count} questions.",
                $"{ManyQuestions} at most are answered with care."
            );
        if (ReadingTime.Estimate(questionnaire).TotalSeconds > LongSeconds)
            yield return new(
                "too_long_to_fill",
                Finding.Warning,
                null,
                $"About {ReadingTime.Estimate(questionnaire).TotalSeconds:0} seconds.",
                "Three minutes at most online."
            );
        if (!questionnaire.Questions.Any(q => q is { Type: QuestionType.Rating, Dimension: "overall" }))
            yield return new("missing_overall", Finding.Advice, null, "No overall rating.", "Ask for one.");
        if (!questionnaire.Questions.Any(q => q.Type is QuestionType.Nps))
            yield return new(
                "missing_nps",
                Finding.Advice,
                null,
                "No NPS question.",
                "Ask how likely a recommendation is."
            );
    }
}
