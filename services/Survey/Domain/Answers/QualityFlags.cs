using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Domain.Answers;

/// <summary>Marks on responses that a reader may want to leave out. Nothing is ever deleted for them.</summary>
internal static class QualityFlags
{
    public const string TooFast = "too_fast";
    public const string StraightLined = "straight_lined";
    public const string AllNa = "all_na";

    /// <summary>Fewer equal scores than this say nothing.</summary>
    private const int Battery = 4;

    public static IReadOnlyList<string> Of(AnswerSheet sheet, TimeSpan? duration, string language)
    {
        List<string> flags = [];
        if (duration is { } taken && taken < ReadingTime.Floor(sheet, language))
            flags.Add(TooFast);
        if (IsStraight(sheet))
            flags.Add(StraightLined);
        if (sheet.Answers.Count > 0 && sheet.Answers.Values.All(IsNa))
            flags.Add(AllNa);
        return flags;
    }

    private static bool IsStraight(AnswerSheet sheet)
    {
        var scores = sheet.Scores.ToList();
        return scores.Count >= Battery
            && scores.TrueForAll(score => Answer.Same(score.Value, scores[0].Value) && score.Scale == scores[0].Scale);
    }

    private static bool IsNa(Answer answer) =>
        answer.NotApplicable || (answer.Rows is { Count: > 0 } rows && rows.Values.All(row => row.NotApplicable));
}
