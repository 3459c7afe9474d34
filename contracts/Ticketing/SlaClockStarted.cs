namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A clock began to run.</summary>
public sealed record SlaClockStarted(
    Guid TicketId,
    string Number,
    int Version,
    SlaClockFacts Clock,
    DateTimeOffset StartedAt,
    DateTimeOffset OccurredAt
);
