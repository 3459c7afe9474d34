using System.Text.RegularExpressions;

namespace CustomerFeedback.Analytics.Domain.Measures;

/// <summary>What a rating measures, as questionnaires name it: each has its mean.</summary>
internal sealed partial record RatedDimension(string Id, Title Title)
{
    public const string Overall = "overall";

    /// <summary>Those that the built-in questionnaires rate; others are known from their first answer on.</summary>
    public static IReadOnlyList<RatedDimension> BuiltIn { get; } =
    [
        new(Overall, new("总体满意度", "Overall satisfaction")),
        new("attitude", new("服务态度", "Attitude")),
        new("efficiency", new("处理效率", "Efficiency")),
        new("expertise", new("专业能力", "Expertise")),
        new("clarity", new("沟通清晰度", "Clarity")),
    ];

    /// <summary>One by its word; null when no word of a dimension looks so.</summary>
    public static RatedDimension? Of(string id) =>
        BuiltIn.FirstOrDefault(dimension => dimension.Id == id)
        ?? (Form.IsMatch(id) ? new(id, new(id.Replace('_', ' '), id.Replace('_', ' '))) : null);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex Form { get; }
}
