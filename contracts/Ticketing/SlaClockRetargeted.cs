namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A clock got another target or policy version; its start and what it has consumed stay.</summary>
public sealed record SlaClockRetargeted(
    Guid TicketId,
    string Number,
    int Version,
    SlaClockFacts Clock,
    TimeSpan PreviousTarget,
    DateTimeOffset OccurredAt
);
