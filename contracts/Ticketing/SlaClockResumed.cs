namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A paused clock runs again; its due time moved by the working time it stood still.</summary>
public sealed record SlaClockResumed(
    Guid TicketId,
    string Number,
    int Version,
    SlaClockFacts Clock,
    DateTimeOffset OccurredAt
);
