namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A department answered what it was asked.</summary>
/// <param name="CollaborationId">The form.</param>
/// <param name="InTime">Not after the time it was needed by.</param>
public sealed record CollaborationAnswered(
    Guid TicketId,
    string Number,
    int Version,
    Guid CollaborationId,
    string Department,
    bool InTime,
    string By,
    DateTimeOffset OccurredAt
);
