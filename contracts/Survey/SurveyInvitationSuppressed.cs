namespace CustomerFeedback.Contracts.Survey;

/// <summary>A survey that was due is not sent, and why: <c>do_not_contact</c>, <c>unreachable</c>, <c>no_human_contact</c> ...</summary>
public sealed record SurveyInvitationSuppressed(
    Guid InvitationId,
    int Version,
    string QuestionnaireId,
    Guid CustomerId,
    string? Number,
    int? Episode,
    string Reason,
    DateTimeOffset OccurredAt
);
