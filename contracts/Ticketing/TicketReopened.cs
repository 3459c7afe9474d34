namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A new episode began: from rejection or from a closed ticket within its reopen window.</summary>
/// <param name="Episode">The new episode.</param>
public sealed record TicketReopened(
    Guid TicketId,
    string Number,
    int Version,
    Guid CustomerId,
    int Episode,
    TicketStatus From,
    DateTimeOffset OccurredAt
);
