namespace CustomerFeedback.Contracts.Survey;

/// <summary>An invitation that nobody has answered is withdrawn, and why: <c>reopened</c>, <c>ticket_cancelled</c> ...</summary>
public sealed record SurveyInvitationCancelled(
    Guid InvitationId,
    int Version,
    string QuestionnaireId,
    Guid CustomerId,
    string? Number,
    int? Episode,
    string Reason,
    DateTimeOffset OccurredAt
);
