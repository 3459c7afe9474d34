namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>Urgency, category, level, complexity were overridden by a person.</summary>
public sealed record TicketClassified(
    Guid TicketId,
    string Number,
    int Version,
    TicketFacts Facts,
    string By,
    DateTimeOffset OccurredAt
);
