namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>The customer was told something by a person: an opinion, a plan, an answer or progress with a new estimate.</summary>
public sealed record ProgressShared(
    Guid TicketId,
    string Number,
    int Version,
    UpdateKind Kind,
    DateTimeOffset? NewEstimate,
    string By,
    DateTimeOffset OccurredAt
);
