namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>The customer's last word on an episode: solved, or nothing for so long that silence closes it.</summary>
/// <param name="RecordedBy">The client that brought the request: it may see what comes of it. Null in events from before it was told.</param>
public sealed record ResolutionConfirmed(
    Guid TicketId,
    string Number,
    int Version,
    Guid CustomerId,
    int Episode,
    Confirmation Confirmation,
    bool HumanContactTookPlace,
    TicketFacts Facts,
    DateTimeOffset OccurredAt,
    string? RecordedBy = null
);
