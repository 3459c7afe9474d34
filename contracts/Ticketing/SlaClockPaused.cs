namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A clock stands still and keeps what it has consumed.</summary>
public sealed record SlaClockPaused(
    Guid TicketId,
    string Number,
    int Version,
    SlaClockFacts Clock,
    PauseReason Reason,
    DateTimeOffset OccurredAt
);
