namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>Urgency, category, level, complexity were overridden by a person, or the urgency raised by a step of the escalation ladder.</summary>
/// <param name="CustomerId">Null from a version that did not tell.</param>
/// <param name="Episode">The episode under way; null from a version that did not tell.</param>
/// <param name="ResolvedAt">Since when this episode is resolved; null while it is not.</param>
public sealed record TicketClassified(
    Guid TicketId,
    string Number,
    int Version,
    TicketFacts Facts,
    string By,
    DateTimeOffset OccurredAt,
    Guid? CustomerId = null,
    int? Episode = null,
    DateTimeOffset? ResolvedAt = null
);
