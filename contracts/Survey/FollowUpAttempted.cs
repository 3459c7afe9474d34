namespace CustomerFeedback.Contracts.Survey;

/// <summary>Somebody has tried to call, and the task is still open: nobody answered, or the customer asked for another time.</summary>
/// <param name="Attempt">1 for the first.</param>
/// <param name="CallBackAt">The time that the customer asked for.</param>
public sealed record FollowUpAttempted(
    Guid FollowUpId,
    int Version,
    Guid CustomerId,
    string Number,
    int Episode,
    int Attempt,
    FollowUpOutcome Outcome,
    DateTimeOffset? CallBackAt,
    string By,
    DateTimeOffset OccurredAt
);
