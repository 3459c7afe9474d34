namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>The loop on the ticket's side is closed.</summary>
public sealed record TicketClosed(
    Guid TicketId,
    string Number,
    int Version,
    Guid CustomerId,
    int Episode,
    Confirmation Confirmation,
    DateTimeOffset OccurredAt
);
