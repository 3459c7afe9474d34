using CustomerFeedback.Survey.Domain.Answers;

namespace CustomerFeedback.Survey.Domain.Questionnaires;

/// <summary>Finds questions that no answers can bring up, by trying the answers that make a difference.</summary>
internal static class Reachability
{
    /// <summary>Beyond so many combinations a question is given the benefit of the doubt.</summary>
    private const long MostCombinations = 50_000;

    public static IEnumerable<Question> Unreachable(Questionnaire questionnaire) =>
        questionnaire.Questions.Where(question => question.ShowIf is not null && !CanBeAsked(questionnaire, question));

    private static bool CanBeAsked(Questionnaire questionnaire, Question question)
    {
        var involved = Involved(questionnaire, question);
        if (involved is null)
            return true; // a loop, or the wrong order: told apart elsewhere
        var comparisons = involved.Append(question).SelectMany(q => q.ShowIf?.Comparisons ?? []).ToList();
        var choices = involved.Select(q => Candidates(q, comparisons)).ToList();
        if (choices.Aggregate(1L, (product, c) => Math.Min(product * c.Count, MostCombinations + 1)) > MostCombinations)
            return true;
        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        return Try(0);

        bool Try(int at)
        {
            if (at == involved.Count)
                return IsAsked(question, involved, answers);
            foreach (var candidate in choices[at])
            {
                if (candidate is null)
                    answers.Remove(involved[at].Id);
                else
                    answers[involved[at].Id] = candidate;
                if (Try(at + 1))
                    return true;
            }

            return false;
        }
    }

    private static bool IsAsked(Question question, List<Question> involved, Dictionary<string, Answer> answers)
    {
        var asked = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var other in involved)
        {
            if ((other.ShowIf?.Holds(asked.GetValueOrDefault) ?? true) && answers.TryGetValue(other.Id, out var answer))
                asked[other.Id] = answer;
        }

        return question.ShowIf!.Holds(asked.GetValueOrDefault);
    }

    /// <summary>The questions that it depends on, directly or not, in the order of asking; null where that order is broken.</summary>
    private static List<Question>? Involved(Questionnaire questionnaire, Question question)
    {
        var order = questionnaire.Questions.Select((q, i) => (q.Id, i)).ToDictionary(p => p.Id, p => p.i);
        var found = new SortedDictionary<int, Question>();
        var open = new Stack<Question>([question]);
        while (open.TryPop(out var next))
        {
            foreach (var id in next.ShowIf?.Questions ?? [])
            {
                if (order[id] >= order[next.Id])
                    return null;
                var other = questionnaire.Questions[order[id]];
                if (found.TryAdd(order[id], other))
                    open.Push(other);
            }
        }

        return [.. found.Values];
    }

    // Every point, every option, and of open answers those on each side of what they are compared with.
    private static List<Answer?> Candidates(Question question, IEnumerable<Condition.Comparison> comparisons)
    {
        var operands = comparisons.Where(c => c.Question == question.Id).SelectMany(c => c.Operands).ToList();
        IEnumerable<Answer> given = question.Type switch
        {
            QuestionType.Single => question.Options.Select(option => Answer.Chosen(option.Id)),
            QuestionType.Multi =>
            [
                .. question.Options.Select(option => Answer.Chosen(option.Id)),
                Answer.Chosen([.. question.Options.Select(option => option.Id)]),
            ],
            QuestionType.Number => operands
                .Where(operand => operand.Number is not null)
                .SelectMany(operand =>
                    new[] { operand.Number!.Value - 1, operand.Number.Value, operand.Number.Value + 1 }
                )
                .Append(0)
                .Distinct()
                .Select(Answer.Of),
            QuestionType.Text or QuestionType.Date => operands
                .Where(operand => operand.Word is not null)
                .Select(operand => Answer.Said(operand.Word!))
                .Append(Answer.Said("-")),
            QuestionType.Matrix => [new Answer { Rows = question.Rows.ToDictionary(row => row.Id, _ => Answer.Of(1)) }],
            QuestionType.Rating or QuestionType.Nps or QuestionType.Ces or QuestionType.YesNo => question.Points.Select(
                point => Answer.Of(point)
            ),
        };
        return [null, .. given, .. question.AllowNa ? new[] { Answer.Na } : []];
    }
}
