namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>The ticket moved in its life cycle.</summary>
public sealed record TicketStatusChanged(
    Guid TicketId,
    string Number,
    int Version,
    TicketStatus From,
    TicketStatus To,
    int Episode,
    DateTimeOffset OccurredAt
);
