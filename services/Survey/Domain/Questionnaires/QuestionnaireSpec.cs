using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerFeedback.Survey.Domain.Questionnaires;

/// <summary>A questionnaire as people and programs write it down; what may be missing is checked, not assumed.</summary>
internal sealed record QuestionnaireSpec(
    string? Id,
    IReadOnlyDictionary<string, string>? Title,
    IReadOnlyList<string>? Languages,
    IReadOnlyList<SectionSpec?>? Sections
);

internal sealed record SectionSpec(
    [property: Required] string? Id,
    IReadOnlyDictionary<string, string>? Title = null,
    [property: Required] IReadOnlyList<QuestionSpec?>? Questions = null
);

/// <summary>One question.</summary>
/// <param name="Dimension">What a rating measures.</param>
/// <param name="Scale">Points of a rating or a matrix of ratings: 5 (when not said) or 10.</param>
/// <param name="Remark">Whether words may be added to the answer.</param>
/// <param name="RemarkText">What those words are asked for with; a plain wording when not said.</param>
/// <param name="Labels">By point, as <c>"1"</c>: its label per language.</param>
/// <param name="Rows">Of a matrix.</param>
/// <param name="ShowIf">Asked only where this holds for the answers before it.</param>
internal sealed record QuestionSpec(
    string? Id,
    QuestionType? Type,
    IReadOnlyDictionary<string, string>? Text,
    string? Dimension = null,
    bool Required = false,
    bool AllowNa = false,
    int? Scale = null,
    bool Remark = false,
    IReadOnlyDictionary<string, string>? RemarkText = null,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Labels = null,
    IReadOnlyList<OptionSpec?>? Options = null,
    IReadOnlyList<RowSpec?>? Rows = null,
    ConditionSpec? ShowIf = null
);

/// <summary>A choice; <paramref name="Other"/> asks for words.</summary>
internal sealed record OptionSpec(string? Id, IReadOnlyDictionary<string, string>? Text, bool Other = false);

internal sealed record RowSpec(string? Id, IReadOnlyDictionary<string, string>? Text, string? Dimension = null);

/// <summary>Either a group (<paramref name="All"/> or <paramref name="Any"/>) or one comparison.</summary>
internal sealed record ConditionSpec(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ConditionSpec?>? All = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ConditionSpec?>? Any = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Question = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Op = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Value = null
);
