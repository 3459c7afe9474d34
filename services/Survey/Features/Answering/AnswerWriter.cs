using System.Text.Json.Nodes;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>Answers in the form in which the API takes them.</summary>
internal static class AnswerWriter
{
    public static JsonObject Write(Questionnaire questionnaire, IReadOnlyDictionary<string, Answer> answers) =>
        new(
            questionnaire
                .Questions.Where(question => answers.ContainsKey(question.Id))
                .Select(question => KeyValuePair.Create(question.Id, Write(question, answers[question.Id])))
        );

    private static JsonNode? Write(Question question, Answer answer)
    {
        if (question.Type is QuestionType.Matrix)
            return new JsonObject(
                (answer.Rows ?? new Dictionary<string, Answer>()).Select(row =>
                    KeyValuePair.Create(row.Key, row.Value.NotApplicable ? "na" : (JsonNode?)row.Value.Value)
                )
            );
        if (question.Type is QuestionType.Text or QuestionType.Date)
            return answer.NotApplicable ? "na" : answer.Text;
        var plain = answer.NotApplicable ? "na" : Plain(question, answer);
        if (answer.Text is null)
            return plain;
        var chooses = question.Type is QuestionType.Single or QuestionType.Multi;
        return new JsonObject { ["value"] = plain, [chooses ? "other" : "remark"] = answer.Text };
    }

    private static JsonNode? Plain(Question question, Answer answer) =>
        question.Type switch
        {
            QuestionType.YesNo => answer.Value is { } value ? value > 0 : null,
            QuestionType.Single => answer.Choices.Count > 0 ? answer.Choices[0] : null,
            QuestionType.Multi => new JsonArray([.. answer.Choices.Select(id => (JsonNode)id)]),
            _ => answer.Value,
        };
}
