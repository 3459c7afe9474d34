namespace CustomerFeedback.Contracts.Survey;

/// <summary>An answer that must not be left alone: Intake makes a request of it, by the front door, once per response.</summary>
/// <param name="Version">2: follows <see cref="SurveyCompleted"/> of the same response.</param>
/// <param name="Number">The ticket that was asked about; null for a store link.</param>
/// <param name="RuleId">The rule that spoke, with <paramref name="RulesVersion"/> its table's version.</param>
/// <param name="Department">Who is responsible, as <c>service</c>, <c>product</c>, <c>logistics</c>.</param>
/// <param name="Reasons">What was met, as <c>dimension:attitude&lt;=2</c>.</param>
/// <param name="What">The customer's own words, or what was answered, in their language; free text, erased by customer.</param>
public sealed record RecoveryRequested(
    Guid ResponseId,
    int Version,
    Guid? CustomerId,
    string? Number,
    string RuleId,
    int RulesVersion,
    string Department,
    IReadOnlyList<string> Reasons,
    RequestType Type,
    Urgency Urgency,
    string Language,
    string Subject,
    string What,
    string? Product,
    string? Region,
    string? Store,
    DateTimeOffset OccurredAt
);
