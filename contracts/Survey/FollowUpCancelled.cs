namespace CustomerFeedback.Contracts.Survey;

/// <summary>Nobody is to call, and why: <c>do_not_contact</c>, <c>reopened</c>, <c>ticket_cancelled</c>, <c>not_applicable</c>.</summary>
public sealed record FollowUpCancelled(
    Guid FollowUpId,
    int Version,
    Guid CustomerId,
    string Number,
    int Episode,
    string Reason,
    DateTimeOffset OccurredAt
);
