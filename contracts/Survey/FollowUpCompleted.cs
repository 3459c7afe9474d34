namespace CustomerFeedback.Contracts.Survey;

/// <summary>A follow-up is over: the customer was asked, did not want to be, or could not be reached after all attempts.</summary>
/// <param name="Attempts">How many calls it took.</param>
/// <param name="ResponseId">The answers, where they were keyed in with the outcome.</param>
public sealed record FollowUpCompleted(
    Guid FollowUpId,
    int Version,
    string QuestionnaireId,
    Guid CustomerId,
    string Number,
    int Episode,
    int Attempts,
    FollowUpOutcome Outcome,
    Guid? ResponseId,
    string By,
    DateTimeOffset OccurredAt
);
