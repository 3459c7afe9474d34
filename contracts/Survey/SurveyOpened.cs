namespace CustomerFeedback.Contracts.Survey;

/// <summary>The customer has looked at the questions for the first time. (A link preview looks the same.)</summary>
public sealed record SurveyOpened(
    Guid InvitationId,
    int Version,
    string QuestionnaireId,
    int QuestionnaireVersion,
    Guid CustomerId,
    string? Number,
    DateTimeOffset OccurredAt
);
