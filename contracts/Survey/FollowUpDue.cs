using CustomerFeedback.Contracts.Ticketing;

namespace CustomerFeedback.Contracts.Survey;

/// <summary>A customer is to be called: a task for an interviewer, once per episode of a resolved complaint.</summary>
/// <param name="Version">Counts the events of the task, without gaps.</param>
/// <param name="QuestionnaireId">What is asked in the call.</param>
/// <param name="DueAt">By when somebody has tried.</param>
/// <param name="Facts">The ticket as it stood at the resolution.</param>
public sealed record FollowUpDue(
    Guid FollowUpId,
    int Version,
    string QuestionnaireId,
    Guid CustomerId,
    string Number,
    int Episode,
    DateTimeOffset DueAt,
    TicketFacts Facts,
    DateTimeOffset OccurredAt
);
