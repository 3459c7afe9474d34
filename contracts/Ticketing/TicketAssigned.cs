namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>Somebody, or at least a team, has the ticket.</summary>
/// <param name="Kind">How: <c>automatic</c>, <c>assigned</c>, <c>claimed</c> or <c>transferred</c>.</param>
/// <param name="Explanation">Why this team and this person, in a sentence for people.</param>
public sealed record TicketAssigned(
    Guid TicketId,
    string Number,
    int Version,
    string Team,
    string? Assignee,
    string? AccountableOwner,
    string Kind,
    string Explanation,
    DateTimeOffset OccurredAt
);
