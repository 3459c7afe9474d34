using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Domain.Answers;

/// <summary>A questionnaire with its answers: which questions are asked, what counts, what is missing.</summary>
internal sealed class AnswerSheet
{
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    public AnswerSheet(Questionnaire questionnaire, IReadOnlyDictionary<string, Answer> answers)
    {
        Questionnaire = questionnaire;
        List<Question> shown = [];
        foreach (var question in questionnaire.Questions)
        {
            // What has not been asked was not answered either: conditions look at what counts only.
            if (!(question.ShowIf?.Holds(_answers.GetValueOrDefault) ?? true))
                continue;
            shown.Add(question);
            if (answers.TryGetValue(question.Id, out var answer) && !answer.IsEmpty)
                _answers[question.Id] = answer;
        }

        Shown = shown;
    }

    public Questionnaire Questionnaire { get; }

    /// <summary>The questions that these answers bring up.</summary>
    public IReadOnlyList<Question> Shown { get; }

    /// <summary>The answers that count: those to questions that are shown.</summary>
    public IReadOnlyDictionary<string, Answer> Answers => _answers;

    /// <summary>Required questions that are shown and have no answer.</summary>
    public IEnumerable<Question> Missing => Shown.Where(question => question.Required && !IsAnswered(question));

    public Answer? this[string question] => _answers.GetValueOrDefault(question);

    /// <summary>Every score on a scale of points: (question or question.row, dimension, value, scale).</summary>
    public IEnumerable<Score> Scores =>
        from question in Shown
        where question.Type is QuestionType.Rating or QuestionType.Matrix
        let answer = this[question.Id]
        where answer is not null
        from score in ScoresOf(question, answer)
        select score;

    private static IEnumerable<Score> ScoresOf(Question question, Answer answer)
    {
        if (question.Type is QuestionType.Rating)
            return answer.Value is { } value
                ? [new(question.Id, question.Dimension, value, question.Scale!.Value)]
                : [];
        return from row in question.Rows
            let given = answer.Rows?.GetValueOrDefault(row.Id)
            where given?.Value is not null
            select new Score(
                $"{question.Id}.{row.Id}",
                row.Dimension ?? question.Dimension,
                given.Value!.Value,
                question.Scale!.Value
            );
    }

    private bool IsAnswered(Question question) =>
        this[question.Id] is { } answer
        && (
            question.Type switch
            {
                QuestionType.Text or QuestionType.Date => answer.Text is not null,
                QuestionType.Matrix => question.Rows.All(row =>
                    answer.Rows?.GetValueOrDefault(row.Id) is { NotApplicable: true } or { HasValue: true }
                ),
                _ => answer.HasValue,
            } || answer.NotApplicable
        );
}

/// <summary>One point given on a scale.</summary>
internal readonly record struct Score(string Question, string? Dimension, double Value, int Scale);
