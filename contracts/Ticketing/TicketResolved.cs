namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>The handler considers the ticket solved; the customer has not agreed yet.</summary>
/// <param name="Solution">What was done, in the handler's words with numbers and addresses masked; free text, erased by customer.</param>
/// <param name="Facts">The ticket as it stood then; null from a version that did not tell.</param>
public sealed record TicketResolved(
    Guid TicketId,
    string Number,
    int Version,
    Guid CustomerId,
    int Episode,
    bool FirstContactResolution,
    string? Assignee,
    string? Team,
    DateTimeOffset OccurredAt,
    TicketFacts? Facts = null,
    string? Solution = null
);
