using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CustomerFeedback.Survey.Domain.Questionnaires;

/// <summary>Something that makes a document unreadable: where (JSON pointer), a stable code, words for people.</summary>
internal sealed record Fault(string Pointer, string Code, string Message);

/// <summary>Whether a spec has the form of a questionnaire. Whether it is a good one is for <see cref="Findings"/> to say.</summary>
internal sealed partial class QuestionnaireCheck
{
    public const int MostQuestions = 100;
    private const int MostOptions = 100;
    private const int LongestText = 2000;

    private readonly List<Fault> _faults = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _languages = [];

    private QuestionnaireCheck() { }

    public static IReadOnlyList<Fault> Of(QuestionnaireSpec spec)
    {
        var check = new QuestionnaireCheck();
        check.Read(spec);
        return check._faults;
    }

    private void Read(QuestionnaireSpec spec)
    {
        Id("/id", spec.Id);
        _languages = spec.Languages ?? [];
        That(_languages.Count > 0, "/languages", "required", "At least one language.");
        for (var i = 0; i < _languages.Count; i++)
            That(
                _languages[i] is not null
                    && Language().IsMatch(_languages[i])
                    && _languages.Take(i).All(l => l != _languages[i]),
                $"/languages/{i}",
                "invalid_language",
                "A language tag, once: zh-CN, en."
            );
        Texts("/title", spec.Title, needed: true);
        var sections = spec.Sections ?? [];
        That(sections.Count > 0, "/sections", "required", "At least one section.");
        var count = sections.Sum(section => section?.Questions?.Count ?? 0);
        That(count is > 0 and <= MostQuestions, "/sections", "out_of_range", $"1 to {MostQuestions} questions in all.");
        for (var s = 0; s < sections.Count; s++)
            Section($"/sections/{s}", sections[s]);
        foreach (var (question, at) in Places(sections))
            Condition($"{at}/showIf", question.ShowIf, 0);
    }

    private void Section(string at, SectionSpec? section)
    {
        if (!That(section is not null, at, "required", "A section is wanted here."))
            return;
        Id($"{at}/id", section!.Id);
        Texts($"{at}/title", section.Title, needed: false);
        var questions = section.Questions ?? [];
        for (var q = 0; q < questions.Count; q++)
        {
            if (That(questions[q] is not null, $"{at}/questions/{q}", "required", "A question is wanted here."))
                Question($"{at}/questions/{q}", questions[q]!);
        }
    }

    private void Question(string at, QuestionSpec question)
    {
        if (Id($"{at}/id", question.Id))
            That(_ids.Add(question.Id!), $"{at}/id", "duplicate_id", "Another question has this id.");
        That(question.Type is not null, $"{at}/type", "required", "A type is required.");
        Texts($"{at}/text", question.Text, needed: true);
        Texts($"{at}/remarkText", question.RemarkText, needed: false);
        if (question.Dimension is not null)
            Id($"{at}/dimension", question.Dimension);
        Scale(at, question);
        Options(at, question);
        Rows(at, question);
    }

    private void Scale(string at, QuestionSpec question)
    {
        var rates = question.Type is QuestionType.Rating or QuestionType.Matrix;
        That(
            question.Scale is null || (rates && question.Scale is 5 or 10),
            $"{at}/scale",
            "out_of_range",
            "5 or 10 points, for ratings only; other scales have their points by definition."
        );
        var (lowest, highest) = question.Type switch
        {
            QuestionType.Rating or QuestionType.Matrix => (1, question.Scale ?? Questionnaire.UsualScale),
            QuestionType.Nps => (0, Questionnaire.NpsTop),
            QuestionType.Ces => (1, Questionnaire.CesTop),
            _ => (1, 0),
        };
        foreach (var (point, texts) in question.Labels ?? new Dictionary<string, IReadOnlyDictionary<string, string>>())
        {
            var known =
                int.TryParse(point, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= lowest
                && number <= highest
                && number.ToString(CultureInfo.InvariantCulture) == point;
            That(known, $"{at}/labels/{point}", "unknown_point", "The scale has no such point.");
            Texts($"{at}/labels/{point}", texts, needed: true);
        }
    }

    private void Options(string at, QuestionSpec question)
    {
        var options = question.Options ?? [];
        var chooses = question.Type is QuestionType.Single or QuestionType.Multi;
        That(
            chooses ? options.Count is > 0 and <= MostOptions : options.Count == 0,
            $"{at}/options",
            chooses ? "required" : "not_of_this_type",
            chooses ? $"1 to {MostOptions} options." : "Only single and multi have options."
        );
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Count; i++)
        {
            if (Id($"{at}/options/{i}/id", options[i]?.Id))
                That(seen.Add(options[i]!.Id!), $"{at}/options/{i}/id", "duplicate_id", "Another option has this id.");
            Texts($"{at}/options/{i}/text", options[i]?.Text, needed: true);
        }

        That(
            options.Count(option => option is { Other: true }) <= 1,
            $"{at}/options",
            "duplicate_other",
            "One \"other\" at most."
        );
    }

    private void Rows(string at, QuestionSpec question)
    {
        var rows = question.Rows ?? [];
        var isMatrix = question.Type is QuestionType.Matrix;
        That(
            isMatrix ? rows.Count is > 0 and <= MostOptions : rows.Count == 0,
            $"{at}/rows",
            isMatrix ? "required" : "not_of_this_type",
            isMatrix ? $"1 to {MostOptions} rows." : "Only a matrix has rows."
        );
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            if (Id($"{at}/rows/{i}/id", rows[i]?.Id))
                That(seen.Add(rows[i]!.Id!), $"{at}/rows/{i}/id", "duplicate_id", "Another row has this id.");
            Texts($"{at}/rows/{i}/text", rows[i]?.Text, needed: true);
            if (rows[i]?.Dimension is { } dimension)
                Id($"{at}/rows/{i}/dimension", dimension);
        }
    }

    private void Condition(string at, ConditionSpec? condition, int depth)
    {
        if (condition is null)
        {
            That(depth == 0, at, "required", "A condition is wanted here.");
            return;
        }

        var forms =
            (condition.All is null ? 0 : 1) + (condition.Any is null ? 0 : 1) + (condition.Question is null ? 0 : 1);
        if (!That(forms == 1 && depth < 4, at, "invalid_condition", "One of all, any, or question with op and value."))
            return;
        if ((condition.All ?? condition.Any) is { } group)
        {
            var name = condition.All is null ? "any" : "all";
            That(group.Count > 0, $"{at}/{name}", "required", "At least one condition.");
            for (var i = 0; i < group.Count; i++)
                Condition($"{at}/{name}/{i}", group[i], depth + 1);
            if (group.Count > 0 && group.Any(inner => inner is null))
                That(false, $"{at}/{name}", "required", "No empty conditions.");
            return;
        }

        That(_ids.Contains(condition.Question!), $"{at}/question", "unknown_question", "There is no such question.");
        var op = condition.Op ?? "";
        That(
            Questionnaires.Condition.Ops.Contains(op),
            $"{at}/op",
            "unknown_value",
            $"One of these is wanted: {string.Join(" ", Questionnaires.Condition.Ops)}."
        );
        That(
            Fits(op, condition.Value),
            $"{at}/value",
            "wrong_type",
            "What the op compares with: a number, an option's id, true or false, or a list for in and not_in."
        );
    }

    private static bool Fits(string op, JsonElement? value)
    {
        var kind = value?.ValueKind ?? JsonValueKind.Undefined;
        return op switch
        {
            "answered" or "not_answered" => kind is JsonValueKind.Undefined or JsonValueKind.Null,
            "<" or "<=" or ">=" or ">" => kind is JsonValueKind.Number,
            "in" or "not_in" => kind is JsonValueKind.Array
                && value!.Value.EnumerateArray().All(item => IsPlain(item.ValueKind)),
            _ => IsPlain(kind),
        };
    }

    private static bool IsPlain(JsonValueKind kind) =>
        kind is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False;

    private void Texts(string at, IReadOnlyDictionary<string, string>? texts, bool needed)
    {
        if (texts is null || texts.Count == 0)
        {
            That(!needed, at, "required", "A text per language.");
            return;
        }

        foreach (var (language, text) in texts)
        {
            That(
                _languages.Contains(language),
                $"{at}/{language}",
                "unknown_language",
                "Not one of the questionnaire's languages."
            );
            That(
                !string.IsNullOrWhiteSpace(text) && text.Length <= LongestText,
                $"{at}/{language}",
                "invalid_text",
                $"1 to {LongestText} characters."
            );
        }
    }

    private bool Id(string at, string? id) =>
        That(
            id is not null && IdForm().IsMatch(id),
            at,
            id is null ? "required" : "invalid_id",
            "Lower case letters, digits, - and _; a letter first; 64 at most."
        );

    private bool That(bool holds, string pointer, string code, string message)
    {
        if (!holds)
            _faults.Add(new(pointer, code, message));
        return holds;
    }

    private static IEnumerable<(QuestionSpec Question, string At)> Places(IReadOnlyList<SectionSpec?> sections) =>
        sections
            .SelectMany(
                (section, s) =>
                    (section?.Questions ?? []).Select((question, q) => (question, at: $"/sections/{s}/questions/{q}"))
            )
            .Where(place => place.question is not null)
            .Select(place => (place.question!, place.at));

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,63}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex IdForm();

    [GeneratedRegex("^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Language();
}
