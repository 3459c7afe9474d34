namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>The ticket will not be worked on.</summary>
/// <param name="Reason"><c>merged</c>, <c>spam</c> or <c>duplicate</c>.</param>
public sealed record TicketCancelled(
    Guid TicketId,
    string Number,
    int Version,
    Guid CustomerId,
    string Reason,
    string By,
    DateTimeOffset OccurredAt
);
