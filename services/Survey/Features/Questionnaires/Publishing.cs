using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Survey.Domain.Questionnaires;
using Words = CustomerFeedback.Contracts;

namespace CustomerFeedback.Survey.Features.Questionnaires;

/// <summary>What the others are told of a published version.</summary>
internal static class Publishing
{
    public static QuestionnairePublished Event(Questionnaire questionnaire, int version, DateTimeOffset at) =>
        new(
            questionnaire.Id,
            version,
            questionnaire.Title.ByLanguage,
            [.. questionnaire.Questions.SelectMany(Facts)],
            at
        );

    // A matrix is told by its rows, as its answers are.
    private static IEnumerable<QuestionFacts> Facts(Question question) =>
        question.Type is QuestionType.Matrix
            ? question.Rows.Select(row =>
                Facts(question, $"{question.Id}.{row.Id}", row.Dimension ?? question.Dimension, row.Text)
            )
            : [Facts(question, question.Id, question.Dimension, question.Text)];

    private static QuestionFacts Facts(Question question, string id, string? dimension, LocalText text) =>
        new(id, question.Type.To<Words.QuestionType>(), dimension, question.Scale, text.ByLanguage);
}
