using System.Globalization;

namespace CustomerFeedback.Survey.Domain.Questionnaires;

/// <summary>A questionnaire whose form has been checked: what is asked, in which order, and when.</summary>
internal sealed record Questionnaire(
    string Id,
    LocalText Title,
    IReadOnlyList<string> Languages,
    IReadOnlyList<Section> Sections
)
{
    public const int NpsTop = 10;
    public const int CesTop = 7;
    public const int UsualScale = 5;

    private readonly Dictionary<string, Question> _byId = Sections
        .SelectMany(section => section.Questions)
        .ToDictionary(question => question.Id, StringComparer.Ordinal);

    /// <summary>All questions in the order in which they are asked.</summary>
    public IReadOnlyList<Question> Questions { get; } = [.. Sections.SelectMany(section => section.Questions)];

    public Question? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Of a spec in which <see cref="QuestionnaireCheck"/> found no fault.</summary>
    public static Questionnaire Of(QuestionnaireSpec spec) =>
        new(
            spec.Id!,
            LocalText.Of(spec.Title),
            spec.Languages!,
            [
                .. spec.Sections!.Select(section => new Section(
                    section!.Id!,
                    LocalText.Of(section.Title),
                    [.. section.Questions!.Select(question => Of(question!))]
                )),
            ]
        );

    private static Question Of(QuestionSpec spec) =>
        new(
            spec.Id!,
            spec.Type!.Value,
            LocalText.Of(spec.Text),
            spec.Dimension,
            spec.Required,
            spec.AllowNa,
            spec.Type is QuestionType.Rating or QuestionType.Matrix ? spec.Scale ?? UsualScale : null,
            spec.Remark,
            LocalText.Of(spec.RemarkText),
            (spec.Labels ?? new Dictionary<string, IReadOnlyDictionary<string, string>>()).ToDictionary(
                label => int.Parse(label.Key, CultureInfo.InvariantCulture),
                label => LocalText.Of(label.Value)
            ),
            [
                .. (spec.Options ?? []).Select(option => new Option(
                    option!.Id!,
                    LocalText.Of(option.Text),
                    option.Other
                )),
            ],
            [.. (spec.Rows ?? []).Select(row => new Row(row!.Id!, LocalText.Of(row.Text), row.Dimension))],
            spec.ShowIf is null ? null : Condition.Of(spec.ShowIf)
        );
}

internal sealed record Section(string Id, LocalText Title, IReadOnlyList<Question> Questions);

internal sealed record Option(string Id, LocalText Text, bool Other);

/// <summary>A row of a matrix; its own dimension, else the question's.</summary>
internal sealed record Row(string Id, LocalText Text, string? Dimension);

/// <summary>One question of a checked questionnaire.</summary>
/// <param name="Scale">Points of a rating or matrix, else null.</param>
internal sealed record Question(
    string Id,
    QuestionType Type,
    LocalText Text,
    string? Dimension,
    bool Required,
    bool AllowNa,
    int? Scale,
    bool Remark,
    LocalText RemarkText,
    IReadOnlyDictionary<int, LocalText> Labels,
    IReadOnlyList<Option> Options,
    IReadOnlyList<Row> Rows,
    Condition? ShowIf
)
{
    /// <summary>The lowest and highest point of a scale; null for questions without points.</summary>
    public (int Lowest, int Highest)? Range =>
        Type switch
        {
            QuestionType.Rating or QuestionType.Matrix => (1, Scale!.Value),
            QuestionType.Nps => (0, Questionnaire.NpsTop),
            QuestionType.Ces => (1, Questionnaire.CesTop),
            QuestionType.YesNo => (0, 1),
            QuestionType.Single
            or QuestionType.Multi
            or QuestionType.Text
            or QuestionType.Number
            or QuestionType.Date => null,
        };

    /// <summary>The points to choose from, lowest first.</summary>
    public IEnumerable<int> Points =>
        Range is { } range ? Enumerable.Range(range.Lowest, range.Highest - range.Lowest + 1) : [];
}
