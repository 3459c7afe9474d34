using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;
using CustomerFeedback.Survey.Pages;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>Between the fields of a form and answers: a form is read as if a program had sent the same as JSON, so there is one set of rules.</summary>
internal static class FormAnswers
{
    /// <summary>What was filled in, in the API's form.</summary>
    public static Dictionary<string, JsonElement> Read(Questionnaire questionnaire, IFormCollection form) =>
        questionnaire
            .Questions.Select(question => (question.Id, Value: Read(question, form)))
            .Where(given => given.Value is not null)
            .ToDictionary(given => given.Id, given => JsonSerializer.SerializeToElement(given.Value));

    private static JsonNode? Read(Question question, IFormCollection form)
    {
        if (question.Type is QuestionType.Matrix)
        {
            var rows = new JsonObject();
            foreach (var row in question.Rows)
            {
                if (Text(form, Fields.Row(question.Id, row.Id)) is { } point)
                    rows[row.Id] = Number(point);
            }

            return rows.Count == 0 ? null : rows;
        }

        var value = Plain(question, form);
        var words = Text(form, Fields.Words(question.Id));
        if (words is null)
            return value;
        var chooses = question.Type is QuestionType.Single or QuestionType.Multi;
        var answer = new JsonObject { [chooses ? "other" : "remark"] = words };
        if (value is JsonValue na && na.TryGetValue<string>(out var text) && text == Fields.NotApplicable)
            answer["na"] = true;
        else
            answer["value"] = value;
        return answer;
    }

    private static JsonNode? Plain(Question question, IFormCollection form)
    {
        var field = Fields.Answer(question.Id);
        if (question.Type is QuestionType.Multi)
        {
            var chosen = form[field].OfType<string>().ToList();
            return chosen.Contains(Fields.NotApplicable) ? Fields.NotApplicable
                : chosen.Count == 0 ? null
                : new JsonArray([.. chosen.Select(id => (JsonNode)id)]);
        }

        var text = Text(form, field);
        return
            text is not null
            && question.Type is QuestionType.Rating or QuestionType.Nps or QuestionType.Ces or QuestionType.Number
            ? Number(text)
            : text;
    }

    // What is no number stays a text, and is refused as one.
    private static JsonNode? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
        : text;

    private static string? Text(IFormCollection form, string field) =>
        form[field].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Kept answers as what stands in the fields.</summary>
    public static Dictionary<string, IReadOnlyList<string>> Values(
        Questionnaire questionnaire,
        IReadOnlyDictionary<string, Answer> answers
    )
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var question in questionnaire.Questions)
        {
            if (!answers.TryGetValue(question.Id, out var answer))
                continue;
            foreach (var (row, given) in answer.Rows ?? new Dictionary<string, Answer>())
                values[Fields.Row(question.Id, row)] = [Spelled(question, given)];
            if (question.Type is QuestionType.Multi && !answer.NotApplicable)
                values[Fields.Answer(question.Id)] = answer.Choices;
            else
                values[Fields.Answer(question.Id)] = [Spelled(question, answer)];
            if (question.Type is not (QuestionType.Text or QuestionType.Date) && answer.Text is not null)
                values[Fields.Words(question.Id)] = [answer.Text];
        }

        return values;
    }

    /// <summary>What was typed, as it was typed.</summary>
    public static Dictionary<string, IReadOnlyList<string>> Values(IFormCollection form) =>
        form.ToDictionary(
            field => field.Key,
            field => (IReadOnlyList<string>)[.. field.Value.OfType<string>()],
            StringComparer.Ordinal
        );

    private static string Spelled(Question question, Answer answer) =>
        answer.NotApplicable ? Fields.NotApplicable
        : question.Type is QuestionType.YesNo
            ? answer.Value > 0 ? "yes"
                : "no"
        : answer.Value is { } value ? value.ToString(CultureInfo.InvariantCulture)
        : answer.Choices is [var choice, ..] ? choice
        : answer.Text ?? "";
}
