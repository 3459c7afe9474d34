using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;
using Words = CustomerFeedback.Contracts;

namespace CustomerFeedback.Survey.Features;

/// <summary>The border between our words and those that travel: the same names, so nothing is translated, only carried over.</summary>
internal static class Wire
{
    public static TOut To<TOut>(this Enum word)
        where TOut : struct, Enum => Enum.Parse<TOut>(word.ToString());

    /// <summary>Every answer that counts, readable without the questionnaire; a matrix gives one per row.</summary>
    public static IReadOnlyList<SurveyAnswer> Answers(this AnswerSheet sheet) =>
        [
            .. from question in sheet.Shown
            let answer = sheet[question.Id]
            where answer is not null
            from told in Of(question, answer)
            select told,
        ];

    private static IEnumerable<SurveyAnswer> Of(Question question, Answer answer) =>
        question.Type is QuestionType.Matrix
            ? question
                .Rows.Where(row => answer.Rows?.ContainsKey(row.Id) is true)
                .Select(row =>
                    Of($"{question.Id}.{row.Id}", row.Dimension ?? question.Dimension, question, answer.Rows![row.Id])
                )
            : [Of(question.Id, question.Dimension, question, answer)];

    private static SurveyAnswer Of(string id, string? dimension, Question question, Answer answer) =>
        new(
            id,
            question.Type.To<Words.QuestionType>(),
            dimension,
            answer.NotApplicable,
            answer.Value,
            question.Scale,
            answer.Choices,
            answer.Text
        );
}
