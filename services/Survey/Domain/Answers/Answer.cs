using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Domain.Answers;

/// <summary>What was answered to one question.</summary>
internal sealed record Answer
{
    public bool NotApplicable { get; init; }

    /// <summary>A point of a scale, a number; yes = 1, no = 0.</summary>
    public double? Value { get; init; }

    /// <summary>Ids of options.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Free text, a remark, an ISO date, the words for "other".</summary>
    public string? Text { get; init; }

    /// <summary>Of a matrix, by row.</summary>
    public IReadOnlyDictionary<string, Answer>? Rows { get; init; }

    public static Answer Na { get; } = new() { NotApplicable = true };

    /// <summary>Nothing at all was said.</summary>
    public bool IsEmpty => !NotApplicable && Text is null && !HasValue;

    /// <summary>Words may stand beside a question that is not answered.</summary>
    public bool HasValue => Value is not null || Choices.Count > 0 || Rows is { Count: > 0 };

    public static Answer Of(double value) => new() { Value = value };

    public static Answer Chosen(params IReadOnlyList<string> options) => new() { Choices = options };

    public static Answer Said(string text) => new() { Text = text };

    /// <summary>Points and numbers as people give them: equal as far as anybody can tell.</summary>
    public static bool Same(double one, double other) => Math.Abs(one - other) < 1e-9;

    public bool Is(Operand operand) =>
        operand.Number is { } number
            ? Value is { } value && Same(value, number)
            : Choices.Contains(operand.Word!) || (Choices.Count == 0 && Text == operand.Word);
}
