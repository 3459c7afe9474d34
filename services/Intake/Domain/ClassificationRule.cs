namespace CustomerFeedback.Intake.Domain;

/// <summary>One line of the classification rules: when all of <see cref="Match"/> holds, it may set what <see cref="Set"/> names.</summary>
/// <param name="Id">A short stable name, kept with every request it decided.</param>
/// <param name="Match">The conditions; one that is absent holds always.</param>
/// <param name="Set">The results; one that is absent is left to later rules.</param>
/// <param name="Confidence">How sure the rule is, 0 to 1.</param>
/// <param name="Note">Why the rule exists, for people.</param>
internal sealed record ClassificationRule(
    string Id,
    RuleMatch? Match,
    RuleResult Set,
    double Confidence = 0.8,
    string? Note = null
);

/// <summary>Conditions; within a list one hit is enough, <see cref="AllWords"/> and <see cref="Attributes"/> want every one.</summary>
internal sealed record RuleMatch(
    IReadOnlyList<RequestType>? Type = null,
    IReadOnlyList<Channel>? Channel = null,
    IReadOnlyList<Urgency>? Urgency = null,
    IReadOnlyList<Segment>? Segment = null,
    IReadOnlyList<string>? Product = null,
    IReadOnlyList<string>? AnyWords = null,
    IReadOnlyList<string>? AllWords = null,
    IReadOnlyList<string>? NoWords = null,
    IReadOnlyDictionary<string, string>? Attributes = null
);

/// <summary>What a rule decides.</summary>
internal sealed record RuleResult(
    Category? Category = null,
    Subcategory? Subcategory = null,
    int? ComplaintLevel = null,
    Emotion? Emotion = null,
    ServiceStage? ServiceStage = null
)
{
    public bool IsEmpty =>
        Category is null && Subcategory is null && ComplaintLevel is null && Emotion is null && ServiceStage is null;
}
