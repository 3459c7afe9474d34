using System.Text.Json;
using CustomerFeedback.Survey.Domain.Answers;

namespace CustomerFeedback.Survey.Domain.Questionnaires;

/// <summary>When a question is asked: comparisons with other answers, in groups of all and any.</summary>
internal abstract record Condition
{
    public static readonly string[] Ops =
    [
        "<",
        "<=",
        "=",
        "!=",
        ">=",
        ">",
        "in",
        "not_in",
        "contains",
        "answered",
        "not_answered",
    ];

    /// <summary>Whether it holds for what has been answered so far; what is unanswered meets only <c>not_answered</c>.</summary>
    public abstract bool Holds(Func<string, Answer?> answerOf);

    /// <summary>The questions that it asks about.</summary>
    public abstract IEnumerable<string> Questions { get; }

    /// <summary>As it is written down.</summary>
    public abstract ConditionSpec Spec { get; }

    /// <summary>Its comparisons, whatever the grouping.</summary>
    public abstract IEnumerable<Comparison> Comparisons { get; }

    public static Condition Of(ConditionSpec spec) =>
        spec.All is { } all ? new Group([.. all.Select(inner => Of(inner!))], Every: true)
        : spec.Any is { } any ? new Group([.. any.Select(inner => Of(inner!))], Every: false)
        : new Comparison(spec.Question!, spec.Op!, [.. OperandsOf(spec.Value)], spec.Value);

    private static IEnumerable<Operand> OperandsOf(JsonElement? value) =>
        value is not { } given ? []
        : given.ValueKind is JsonValueKind.Array ? given.EnumerateArray().Select(Operand.Of)
        : given.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? []
        : [Operand.Of(given)];

    internal sealed record Group(IReadOnlyList<Condition> Parts, bool Every) : Condition
    {
        public override bool Holds(Func<string, Answer?> answerOf) =>
            Every ? Parts.All(part => part.Holds(answerOf)) : Parts.Any(part => part.Holds(answerOf));

        public override IEnumerable<string> Questions => Parts.SelectMany(part => part.Questions);

        public override ConditionSpec Spec =>
            Every ? new(All: [.. Parts.Select(part => part.Spec)]) : new(Any: [.. Parts.Select(part => part.Spec)]);

        public override IEnumerable<Comparison> Comparisons => Parts.SelectMany(part => part.Comparisons);
    }

    internal sealed record Comparison(string Question, string Op, IReadOnlyList<Operand> Operands, JsonElement? Value)
        : Condition
    {
        public override IEnumerable<string> Questions => [Question];

        public override ConditionSpec Spec => new(Question: Question, Op: Op, Value: Value);

        public override IEnumerable<Comparison> Comparisons => [this];

        public override bool Holds(Func<string, Answer?> answerOf)
        {
            var answer = answerOf(Question);
            if (Op is "answered" or "not_answered")
                return answer is { IsEmpty: false } == (Op == "answered");
            if (answer is null or { NotApplicable: true } || answer is { Value: null, Choices.Count: 0, Text: null })
                return false;
            return Op switch
            {
                "!=" or "not_in" => !Operands.Any(answer.Is),
                "=" or "in" or "contains" => Operands.Any(answer.Is),
                _ => answer.Value is { } value
                    && Operands is [{ Number: { } bound }]
                    && Op switch
                    {
                        "<" => value < bound,
                        "<=" => value <= bound,
                        ">=" => value >= bound,
                        _ => value > bound,
                    },
            };
        }
    }
}

/// <summary>What an answer is compared with: a number (yes = 1, no = 0) or an option's id.</summary>
internal sealed record Operand(double? Number, string? Word)
{
    public static Operand Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => new(value.GetDouble(), null),
            JsonValueKind.True => new(1, null),
            JsonValueKind.False => new(0, null),
            _ => new(null, value.ToString()),
        };
}
