namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>Another department was asked for something; its answer has a clock of its own.</summary>
/// <param name="CollaborationId">The form.</param>
/// <param name="AnswerBy">Until when the answer is needed.</param>
public sealed record CollaborationRequested(
    Guid TicketId,
    string Number,
    int Version,
    Guid CollaborationId,
    string Department,
    DateTimeOffset AnswerBy,
    string By,
    DateTimeOffset OccurredAt
);
