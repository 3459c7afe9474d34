using System.Globalization;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Domain.Recovery;

/// <summary>One rule: met where what it looks at compares so.</summary>
/// <param name="On"><c>dimension</c>, <c>nps</c>, <c>question</c> or <c>words</c>.</param>
/// <param name="Name">The dimension (<c>*</c>: any) or the question.</param>
/// <param name="WithReason">Only where the customer said something besides.</param>
/// <param name="Words">For <c>words</c>: what a described problem sounds like.</param>
/// <param name="Except">For <c>words</c>: what sounds like it and is none, as "no problem".</param>
/// <param name="Department">Null: by topic.</param>
internal sealed record RecoveryRule(
    string Id,
    string On,
    string? Name = null,
    string? Op = null,
    double? Value = null,
    bool WithReason = false,
    IReadOnlyList<string>? Words = null,
    IReadOnlyList<string>? Except = null,
    string Type = "complaint",
    string Urgency = "normal",
    string? Department = null
)
{
    public const string OnDimension = "dimension";
    public const string OnNps = "nps";
    public const string OnQuestion = "question";
    public const string OnWords = "words";
    public const string AnyName = "*";

    public static readonly string[] Subjects = [OnDimension, OnNps, OnQuestion, OnWords];
    public static readonly string[] Ops = ["<", "<=", "=", ">=", ">"];

    /// <summary>What in this response meets the rule.</summary>
    public IEnumerable<Reason> Reasons(AnswerSheet sheet)
    {
        if (WithReason && !Spoken.In(sheet).Any())
            return [];
        return On switch
        {
            OnDimension => Dimensions(sheet),
            OnNps => Answered(sheet, question => question.Type is QuestionType.Nps, _ => "nps"),
            OnQuestion => Answered(sheet, question => question.Id == Name, question => $"question:{question.Id}"),
            _ => Described(sheet) ? [new Reason("words:problem")] : [],
        };
    }

    // A dimension's score in a response is the mean of its answered questions.
    private IEnumerable<Reason> Dimensions(AnswerSheet sheet) =>
        from score in sheet.Scores
        where score.Dimension is not null && Name is AnyName or null || score.Dimension == Name
        group score by score.Dimension into dimension
        where Compares(dimension.Average(score => FivePoints(score)))
        select new Reason($"dimension:{dimension.Key}{Op}{Number(Value)}", dimension.Key);

    // Rules speak of five points; a ten-point scale is read on them.
    private static double FivePoints(Score score) =>
        score.Scale == Questionnaire.UsualScale
            ? score.Value
            : 1 + ((score.Value - 1) * (Questionnaire.UsualScale - 1) / (score.Scale - 1));

    private IEnumerable<Reason> Answered(AnswerSheet sheet, Func<Question, bool> which, Func<Question, string> name) =>
        from question in sheet.Shown
        where which(question) && sheet[question.Id]?.Value is { } value && Compares(value)
        select new Reason($"{name(question)}{Op}{Number(Value)}", question.Dimension);

    private bool Described(AnswerSheet sheet)
    {
        var said = string.Join('\n', Spoken.In(sheet)).ToLowerInvariant();
        foreach (var phrase in Except ?? [])
            said = said.Replace(phrase.ToLowerInvariant(), " ", StringComparison.Ordinal);
        return (Words ?? []).Any(word => said.Contains(word.ToLowerInvariant(), StringComparison.Ordinal));
    }

    private bool Compares(double value) =>
        Value is { } bound
        && Op switch
        {
            "<" => value < bound,
            "<=" => value <= bound,
            "=" => Answer.Same(value, bound),
            ">=" => value >= bound,
            _ => value > bound,
        };

    private static string Number(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
