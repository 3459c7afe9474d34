using System.Globalization;
using System.Text.Json;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Domain.Answers;

/// <summary>
/// Reads answers as JSON, by question. A plain value will do (a point, an option's id, a list of ids, true, a text, a date, an object of rows);
/// <c>"na"</c> says not applicable; <c>{"value": 3, "remark": "..."}</c>, <c>{"value": "other", "other": "..."}</c> and <c>{"na": true}</c> say more.
/// </summary>
internal static class AnswerReader
{
    public const int LongestText = 4000;
    private const double LargestNumber = 1e12;
    private static readonly string[] Members = ["value", "na", "remark", "other"];

    /// <summary>The answers that could be read, and everything that is wrong with the others, by question's pointer.</summary>
    public static Dictionary<string, Answer> Read(
        Questionnaire questionnaire,
        IReadOnlyDictionary<string, JsonElement> given,
        out IReadOnlyList<Fault> faults
    )
    {
        List<Fault> found = [];
        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var (id, value) in given)
        {
            if (questionnaire.Find(id) is not { } question)
                found.Add(new($"/{Escape(id)}", "unknown_question", "The questionnaire has no such question."));
            else if (Read(question, value, $"/{id}", found) is { IsEmpty: false } answer)
                answers[id] = answer;
        }

        faults = found;
        return answers;
    }

    private static Answer? Read(Question question, JsonElement given, string at, List<Fault> faults)
    {
        if (given.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return null;
        if (question.Type is QuestionType.Matrix)
            return Matrix(question, given, at, faults);
        if (given.ValueKind is not JsonValueKind.Object)
            return Plain(question, given, at, faults);
        foreach (var member in given.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            faults.Add(new($"{at}/{Escape(member.Name)}", "unknown_member", "value, na, remark or other."));
        var words = Text(given, "remark", at, faults) ?? Text(given, "other", at, faults);
        if (given.TryGetProperty("na", out var na) && na.ValueKind is JsonValueKind.True)
            return NotApplicable(question, at, faults) is { } none ? none with { Text = words } : null;
        var answer =
            given.TryGetProperty("value", out var value) && value.ValueKind is not JsonValueKind.Null
                ? Plain(question, value, $"{at}/value", faults)
                : null;
        return words is null ? answer : (answer ?? new()) with { Text = words };
    }

    private static Answer? Plain(Question question, JsonElement value, string at, List<Fault> faults)
    {
        if (
            value.ValueKind is JsonValueKind.String
            && question.Type is not QuestionType.Text
            && value.GetString() == "na"
        )
            return NotApplicable(question, at, faults);
        return question.Type switch
        {
            QuestionType.Rating or QuestionType.Nps or QuestionType.Ces => Point(question, value, at, faults),
            QuestionType.YesNo => YesNo(value, at, faults),
            QuestionType.Single => value.ValueKind is JsonValueKind.String
                ? Choices(question, [value], at, faults)
                : Wrong(at, "An option's id is wanted here.", faults),
            QuestionType.Multi => value.ValueKind is JsonValueKind.Array
                ? Choices(question, [.. value.EnumerateArray()], at, faults)
                : Wrong(at, "A list of options' ids is wanted here.", faults),
            QuestionType.Text => value.ValueKind is JsonValueKind.String
                ? Said(value.GetString()!, at, faults)
                : Wrong(at, "A text is wanted here.", faults),
            QuestionType.Number => Number(value, at, faults),
            QuestionType.Date => Date(value, at, faults),
            QuestionType.Matrix => null,
        };
    }

    private static Answer? Matrix(Question question, JsonElement given, string at, List<Fault> faults)
    {
        if (given.ValueKind is not JsonValueKind.Object)
            return Wrong(at, "An object with a point per row is wanted here.", faults);
        var rows = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var row in given.EnumerateObject())
        {
            var place = $"{at}/{Escape(row.Name)}";
            if (question.Rows.All(known => known.Id != row.Name))
                faults.Add(new(place, "unknown_row", "The matrix has no such row."));
            else if (row.Value.ValueKind is not JsonValueKind.Null)
            {
                var answer =
                    row.Value.ValueKind is JsonValueKind.String && row.Value.GetString() == "na"
                        ? NotApplicable(question, place, faults)
                        : Point(question, row.Value, place, faults);
                if (answer is not null)
                    rows[row.Name] = answer;
            }
        }

        return rows.Count == 0 ? null : new Answer { Rows = rows };
    }

    private static Answer? Point(Question question, JsonElement value, string at, List<Fault> faults)
    {
        if (value.ValueKind is not JsonValueKind.Number)
            return Wrong(at, "A number is wanted here.", faults);
        var (lowest, highest) = question.Range!.Value;
        if (value.TryGetInt32(out var point) && point >= lowest && point <= highest)
            return Answer.Of(point);
        faults.Add(new(at, "out_of_range", $"A whole number from {lowest} to {highest}."));
        return null;
    }

    private static Answer? YesNo(JsonElement value, string at, List<Fault> faults) =>
        value.ValueKind switch
        {
            JsonValueKind.True => Answer.Of(1),
            JsonValueKind.False => Answer.Of(0),
            JsonValueKind.Number when value.TryGetInt32(out var number) && number is 0 or 1 => Answer.Of(number),
            JsonValueKind.String when value.GetString() is "yes" => Answer.Of(1),
            JsonValueKind.String when value.GetString() is "no" => Answer.Of(0),
            _ => Wrong(at, "true or false is wanted here.", faults),
        };

    private static Answer? Choices(Question question, IReadOnlyList<JsonElement> values, string at, List<Fault> faults)
    {
        var chosen = values.Select(value => value.ValueKind is JsonValueKind.String ? value.GetString()! : "").ToList();
        var unknown = chosen.FindIndex(id => question.Options.All(option => option.Id != id));
        if (unknown >= 0)
        {
            faults.Add(
                new(
                    question.Type is QuestionType.Multi ? $"{at}/{unknown}" : at,
                    "unknown_option",
                    $"One of these is wanted: {string.Join(", ", question.Options.Select(option => option.Id))}."
                )
            );
            return null;
        }

        return chosen.Count == 0 ? null : Answer.Chosen([.. chosen.Distinct()]);
    }

    private static Answer? Number(JsonElement value, string at, List<Fault> faults)
    {
        if (value.ValueKind is not JsonValueKind.Number)
            return Wrong(at, "A number is wanted here.", faults);
        if (value.TryGetDouble(out var number) && Math.Abs(number) <= LargestNumber)
            return Answer.Of(number);
        faults.Add(new(at, "out_of_range", "The number is too large."));
        return null;
    }

    private static Answer? Date(JsonElement value, string at, List<Fault> faults)
    {
        if (
            value.ValueKind is JsonValueKind.String
            && DateOnly.TryParseExact(
                value.GetString(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
            return Answer.Said(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        faults.Add(new(at, "invalid_date", "A date is wanted here: 2026-11-21."));
        return null;
    }

    private static Answer? Said(string text, string at, List<Fault> faults)
    {
        var words = text.Trim();
        if (words.Length > LongestText)
            faults.Add(new(at, "too_long", $"At most {LongestText} characters."));
        if (words.Contains('\0'))
            faults.Add(new(at, "invalid_text", "The text holds a NUL character."));
        return words.Length is 0 or > LongestText ? null : Answer.Said(words);
    }

    private static string? Text(JsonElement given, string name, string at, List<Fault> faults)
    {
        if (!given.TryGetProperty(name, out var text) || text.ValueKind is JsonValueKind.Null)
            return null;
        return text.ValueKind is JsonValueKind.String
            ? Said(text.GetString()!, $"{at}/{name}", faults)?.Text
            : Wrong($"{at}/{name}", "A text is wanted here.", faults)?.Text;
    }

    private static Answer? NotApplicable(Question question, string at, List<Fault> faults)
    {
        if (question.AllowNa)
            return Answer.Na;
        faults.Add(new(at, "na_not_allowed", "This question has no \"not applicable\"."));
        return null;
    }

    private static Answer? Wrong(string at, string message, List<Fault> faults)
    {
        faults.Add(new(at, "wrong_type", message));
        return null;
    }

    private static string Escape(string name) => name.Replace("~", "~0").Replace("/", "~1");
}
