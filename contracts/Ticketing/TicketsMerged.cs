namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A ticket was merged into another of the same customer, where the work goes on; it is cancelled itself.</summary>
/// <param name="TicketId">The one that was merged; <paramref name="Version"/> counts its events.</param>
/// <param name="IntoTicketId">The one that goes on.</param>
public sealed record TicketsMerged(
    Guid TicketId,
    string Number,
    int Version,
    Guid IntoTicketId,
    string IntoNumber,
    Guid CustomerId,
    string By,
    DateTimeOffset OccurredAt
);
