namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A share of the target is spent.</summary>
/// <param name="Share">0..1, as 0.5 or 0.8.</param>
/// <param name="ReachedAt">The true instant; <paramref name="OccurredAt"/> is when the timer fired.</param>
public sealed record SlaWarningReached(
    Guid TicketId,
    string Number,
    int Version,
    SlaClockFacts Clock,
    double Share,
    DateTimeOffset ReachedAt,
    DateTimeOffset OccurredAt
);
