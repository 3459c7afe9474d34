using System.Text.Json;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Tests.Domain;

/// <summary>Questionnaires and answers as tests write them down.</summary>
internal static class Given
{
    /// <summary>One section of these questions, in English; labels are filled in where none are given.</summary>
    public static Questionnaire Asked(params string[] questions)
    {
        var spec = StoredJson.Read<QuestionnaireSpec>(
            $$"""
            { "id": "test", "title": { "en": "Test" }, "languages": ["en"], "sections": [ { "id": "s", "questions": [ {{string.Join(
                ',',
                questions
            )}} ] } ] }
            """
        );
        QuestionnaireCheck.Of(spec).ShouldBeEmpty();
        return Questionnaire.Of(spec);
    }

    public static string Rating(string id, string? dimension = null, string more = "") =>
        $$"""
            { "id": "{{id}}", "type": "rating", "dimension": "{{dimension
                ?? id}}", "text": { "en": "How was the {{id}} of it all?" }, "allowNa": true, "scale": 5,
              "labels": { "1": { "en": "a" }, "2": { "en": "b" }, "3": { "en": "c" }, "4": { "en": "d" }, "5": { "en": "e" } } {{more}} }
            """;

    public static string Of(string id, string type, string more = "") =>
        $$"""{ "id": "{{id}}", "type": "{{type}}", "text": { "en": "What about {{id}}?" } {{more}} }""";

    /// <summary>A condition on the question before it: <c>, "showIf": ...</c>.</summary>
    public static string If(string condition) => $", \"showIf\": {condition}";

    public static AnswerSheet Sheet(this Questionnaire questionnaire, string answers)
    {
        var given = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(answers)!;
        var read = AnswerReader.Read(questionnaire, given, out var faults);
        faults.ShouldBeEmpty();
        return new(questionnaire, read);
    }
}
