namespace CustomerFeedback.Contracts.Survey;

/// <summary>The first answer was kept.</summary>
public sealed record SurveyStarted(
    Guid InvitationId,
    int Version,
    string QuestionnaireId,
    int QuestionnaireVersion,
    Guid CustomerId,
    string? Number,
    DateTimeOffset OccurredAt
);
