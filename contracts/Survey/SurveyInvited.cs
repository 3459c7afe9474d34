using CustomerFeedback.Contracts.Ticketing;

namespace CustomerFeedback.Contracts.Survey;

/// <summary>A customer is asked: the link may be told from now on.</summary>
/// <param name="Number">The ticket that the survey is about; null for surveys without one.</param>
/// <param name="Episode">Of that ticket: at most one invitation each.</param>
/// <param name="Channel">Where the customer is to get the link.</param>
/// <param name="Facts">The ticket as it stood at the confirmation.</param>
public sealed record SurveyInvited(
    Guid InvitationId,
    int Version,
    string QuestionnaireId,
    int QuestionnaireVersion,
    Guid CustomerId,
    string? Number,
    int? Episode,
    Channel Channel,
    string Language,
    TicketFacts? Facts,
    DateTimeOffset ExpiresAt,
    DateTimeOffset OccurredAt
);
