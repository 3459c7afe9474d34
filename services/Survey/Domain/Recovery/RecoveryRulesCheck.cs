using CustomerFeedback.Survey.Domain.Questionnaires;

namespace CustomerFeedback.Survey.Domain.Recovery;

/// <summary>Everything that keeps a table of recovery rules from being read.</summary>
internal static class RecoveryRulesCheck
{
    private const int MostRules = 200;
    private static readonly string[] Types = ["inquiry", "complaint", "after_sales", "suggestion"];
    private static readonly string[] Urgencies = ["normal", "urgent", "critical"];

    public static IReadOnlyList<Fault> Of(
        IReadOnlyList<RecoveryRule?>? rules,
        IReadOnlyList<RecoveryTopic?>? topics,
        string? otherwise
    ) =>
        [
            .. Missing(rules is { Count: <= MostRules }, "/rules", $"A list of {MostRules} rules at most."),
            .. Missing(topics is not null, "/topics", "A list of topics; it may be empty."),
            .. Missing(!string.IsNullOrWhiteSpace(otherwise), "/otherwise", "The department where no topic fits."),
            .. (rules ?? []).SelectMany((rule, i) => Of(rule, $"/rules/{i}")),
            .. Doubled(rules ?? []),
            .. (topics ?? []).SelectMany((topic, i) => Of(topic, $"/topics/{i}")),
        ];

    private static IEnumerable<Fault> Of(RecoveryRule? rule, string at)
    {
        if (rule is null)
            return Missing(false, at, "A rule is wanted here.");
        var compares = rule.On is not RecoveryRule.OnWords;
        return
        [
            .. Missing(!string.IsNullOrWhiteSpace(rule.Id), $"{at}/id", "An id is required."),
            .. Unknown(RecoveryRule.Subjects, rule.On, $"{at}/on"),
            .. compares ? Unknown(RecoveryRule.Ops, rule.Op, $"{at}/op") : [],
            .. Missing(!compares || rule.Value is not null, $"{at}/value", "What it compares with."),
            .. Missing(compares || rule.Words is { Count: > 0 }, $"{at}/words", "What a problem sounds like."),
            .. Missing(
                rule.On is not RecoveryRule.OnQuestion || rule.Name is not null,
                $"{at}/name",
                "Which question."
            ),
            .. Unknown(Types, rule.Type, $"{at}/type"),
            .. Unknown(Urgencies, rule.Urgency, $"{at}/urgency"),
        ];
    }

    private static IEnumerable<Fault> Of(RecoveryTopic? topic, string at) =>
        Missing(
            topic is { Department.Length: > 0, Words: not null, Dimensions: not null, Subcategories: not null },
            at,
            "A department, and lists of words, dimensions and subcategories."
        );

    private static IEnumerable<Fault> Doubled(IReadOnlyList<RecoveryRule?> rules) =>
        rules
            .Select((rule, i) => (rule?.Id, i))
            .GroupBy(rule => rule.Id)
            .SelectMany(same => same.Skip(1))
            .Select(rule => new Fault($"/rules/{rule.i}/id", "duplicate_id", "Another rule has this id."));

    private static IEnumerable<Fault> Missing(bool there, string at, string message) =>
        there ? [] : [new Fault(at, "required", message)];

    private static IEnumerable<Fault> Unknown(string[] words, string? word, string at) =>
        words.Contains(word)
            ? []
            : [new Fault(at, "unknown_value", $"One of these is wanted: {string.Join(", ", words)}.")];
}
