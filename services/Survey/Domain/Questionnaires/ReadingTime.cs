using CustomerFeedback.Survey.Domain.Answers;

namespace CustomerFeedback.Survey.Domain.Questionnaires;

/// <summary>How long a questionnaire takes: reading, then answering by kind of question.</summary>
internal static class ReadingTime
{
    private const double SecondsPerWord = 0.25;

    /// <summary>Nobody reads faster than this: five words a second.</summary>
    private const double FloorPerWord = 0.2;

    /// <summary>What most people are asked: conditional questions count half.</summary>
    public static TimeSpan Estimate(Questionnaire questionnaire) =>
        TimeSpan.FromSeconds(
            Math.Ceiling(
                questionnaire.Questions.Sum(q => Seconds(q, questionnaire.Languages[0]) * (q.ShowIf is null ? 1 : 0.5))
            )
        );

    /// <summary>Below this the questions that were shown cannot have been read.</summary>
    public static TimeSpan Floor(AnswerSheet sheet, string language) =>
        TimeSpan.FromSeconds(sheet.Shown.Sum(q => Words(q.Text.In(language)) * FloorPerWord));

    private static double Seconds(Question question, string language) =>
        (Words(question.Text.In(language)) * SecondsPerWord)
        + question.Type switch
        {
            QuestionType.Text => question.Required ? 20 : 8, // most leave an optional one empty
            QuestionType.Number or QuestionType.Date => 6,
            QuestionType.Multi => 6,
            QuestionType.Single or QuestionType.Nps or QuestionType.Ces => 4,
            QuestionType.Matrix => 3 * question.Rows.Count,
            QuestionType.Rating or QuestionType.YesNo => 3,
        };

    /// <summary>Words of a text; two Chinese characters read like one word.</summary>
    internal static double Words(string text)
    {
        var characters = text.Count(c => c is >= '\u3400' and <= '\u9fff');
        var rest = text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Count(word => word.Any(c => char.IsLetterOrDigit(c) && c < '\u3400'));
        return (characters / 2.0) + rest;
    }
}
