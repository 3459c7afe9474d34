namespace CustomerFeedback.Intake.Domain;

/// <summary>What the rules made of a request, and which rules.</summary>
/// <param name="ComplaintLevel">1 (severest) to 3 for complaints, else null.</param>
/// <param name="RuleId">The rule a lead would question first: the one that set the level of a complaint, else the category.</param>
/// <param name="Confidence">0 to 1; low where no rule spoke.</param>
internal sealed record Classification(
    Category Category,
    Subcategory Subcategory,
    int? ComplaintLevel,
    Emotion Emotion,
    ServiceStage? ServiceStage,
    string RuleId,
    int RulesVersion,
    double Confidence,
    DecidingRules DecidedBy
);

/// <summary>The rule behind each result; null where none spoke and the default holds.</summary>
internal sealed record DecidingRules(
    string? Category,
    string? Subcategory,
    string? ComplaintLevel,
    string? Emotion,
    string? ServiceStage
);
