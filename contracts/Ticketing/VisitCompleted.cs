namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>What came of an appointment at the customer's.</summary>
/// <param name="From">The window that was agreed with the customer, until <paramref name="To"/>.</param>
/// <param name="ArrivedAt">Null where nobody came.</param>
/// <param name="Outcome"><c>done</c>, <c>not_done</c> or <c>customer_absent</c>.</param>
/// <param name="Kept">Somebody was there before the window ended.</param>
public sealed record VisitCompleted(
    Guid TicketId,
    string Number,
    int Version,
    Guid VisitId,
    Guid CustomerId,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset? ArrivedAt,
    string Outcome,
    bool Kept,
    string By,
    DateTimeOffset OccurredAt
);
