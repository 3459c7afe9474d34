namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A ticket was opened for a request; it has the request's number.</summary>
public sealed record TicketOpened(
    Guid TicketId,
    string Number,
    int Version,
    Guid RequestId,
    Guid CustomerId,
    TicketFacts Facts,
    DateTimeOffset ReceivedAt,
    DateTimeOffset OccurredAt
);
