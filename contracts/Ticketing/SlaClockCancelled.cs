namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A clock ended without a verdict: neither met nor breached.</summary>
/// <param name="Reason">A snake-case word, as <c>ticket_cancelled</c> or <c>reopened</c>.</param>
public sealed record SlaClockCancelled(
    Guid TicketId,
    string Number,
    int Version,
    SlaClockFacts Clock,
    string Reason,
    DateTimeOffset OccurredAt
);
