namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>What the clock waited for has happened, in time or late (<see cref="SlaClockFacts.Breached"/>).</summary>
public sealed record SlaClockMet(
    Guid TicketId,
    string Number,
    int Version,
    SlaClockFacts Clock,
    DateTimeOffset MetAt,
    DateTimeOffset OccurredAt
);
