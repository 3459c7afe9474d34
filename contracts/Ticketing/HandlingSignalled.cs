namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>Something in the handling flatters the clocks and is worth a look: attainment is reported with and without such tickets. It accuses nobody.</summary>
public sealed record HandlingSignalled(
    Guid TicketId,
    string Number,
    int Version,
    HandlingSignal Signal,
    int Episode,
    string? Team,
    string? Assignee,
    DateTimeOffset OccurredAt
);
