namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>Somebody took notice of an escalation: the ladder of this clock is climbed no further.</summary>
public sealed record EscalationAcknowledged(
    Guid TicketId,
    string Number,
    int Version,
    SlaClockFacts Clock,
    string By,
    DateTimeOffset OccurredAt
);
