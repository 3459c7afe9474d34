namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>The customer says it is not solved.</summary>
public sealed record ResolutionRejected(
    Guid TicketId,
    string Number,
    int Version,
    Guid CustomerId,
    int Episode,
    DateTimeOffset OccurredAt
);
