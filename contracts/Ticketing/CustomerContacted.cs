namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A person tried to reach the customer, with or without success.</summary>
/// <param name="Outcome"><c>reached</c>, <c>no_answer</c> or <c>refused</c>.</param>
public sealed record CustomerContacted(
    Guid TicketId,
    string Number,
    int Version,
    Guid CustomerId,
    Channel Channel,
    string Outcome,
    bool IsFirstContact,
    string By,
    DateTimeOffset OccurredAt
);
