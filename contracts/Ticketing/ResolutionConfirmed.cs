namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>The customer's last word on an episode: solved, or nothing for so long that silence closes it.</summary>
public sealed record ResolutionConfirmed(
    Guid TicketId,
    string Number,
    int Version,
    Guid CustomerId,
    int Episode,
    Confirmation Confirmation,
    bool HumanContactTookPlace,
    TicketFacts Facts,
    DateTimeOffset OccurredAt
);
