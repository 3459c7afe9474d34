using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;
using CustomerFeedback.Survey.Domain.Recovery;
using QuestionType = CustomerFeedback.Survey.Domain.Questionnaires.QuestionType;

namespace CustomerFeedback.Survey.Features.Recovery;

/// <summary>Makes a request of a response that must not be left alone: in the customer's language and, where there are some, in their words.</summary>
internal static class RecoveryCall
{
    private const int LongestText = 2000;

    public static RecoveryRequested Of(
        SurveyCompleted completed,
        RecoveryNeed recovery,
        int rulesVersion,
        AnswerSheet sheet
    ) =>
        new(
            completed.ResponseId,
            2,
            completed.CustomerId,
            completed.Number,
            recovery.RuleId,
            rulesVersion,
            recovery.Department,
            recovery.Reasons,
            Word(recovery.Type, RequestType.Complaint),
            Word(recovery.Urgency, Urgency.Normal),
            completed.Language,
            Subject(completed),
            What(sheet, completed.Language),
            completed.Facts?.Product,
            completed.Facts?.Region,
            completed.Store,
            completed.OccurredAt
        );

    private static T Word<T>(string word, T otherwise)
        where T : struct, Enum => ServiceDefaults.Words.TryParse<T>(word, out var known) ? known : otherwise;

    private static string Subject(SurveyCompleted completed)
    {
        var about = completed.Number ?? completed.Store;
        var chinese = completed.Language.StartsWith("zh", StringComparison.Ordinal);
        var subject = chinese ? "调查回访：客户不满意，需要跟进" : "Survey feedback: the customer needs our attention";
        return about is null ? subject
            : chinese ? $"{subject}（{about}）"
            : $"{subject} ({about})";
    }

    // Words first: whoever opens the ticket reads what the customer said, then what they ticked.
    private static string What(AnswerSheet sheet, string language)
    {
        var said = string.Join('\n', Spoken.In(sheet));
        var ticked = sheet
            .Shown.Select(question => (question, answer: sheet[question.Id]))
            .Where(given => given.answer is { NotApplicable: false, HasValue: true })
            .Select(given => $"{given.question.Text.In(language)} {Given(given.question, given.answer!, language)}");
        var all = string.Join('\n', ticked.Prepend(said).Where(line => line.Length > 0));
        return all.Length <= LongestText ? all : all[..LongestText];
    }

    private static string Given(Question question, Answer answer, string language) =>
        question.Type switch
        {
            QuestionType.Single or QuestionType.Multi => string.Join(
                ", ",
                question
                    .Options.Where(option => answer.Choices.Contains(option.Id))
                    .Select(option => option.Text.In(language))
            ),
            QuestionType.Matrix => string.Join(
                ", ",
                question
                    .Rows.Where(row => answer.Rows?.GetValueOrDefault(row.Id)?.Value is not null)
                    .Select(row => $"{row.Text.In(language)} {answer.Rows![row.Id].Value}/{question.Scale}")
            ),
            QuestionType.YesNo when language.StartsWith("zh", StringComparison.Ordinal) => answer.Value > 0
                ? "是"
                : "否",
            QuestionType.YesNo => answer.Value > 0 ? "yes" : "no",
            _ => question.Range is { } range ? $"{answer.Value}/{range.Highest}" : $"{answer.Value}",
        };
}
