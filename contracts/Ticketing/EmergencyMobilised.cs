namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>People were gathered for an emergency, or joined those who were.</summary>
/// <param name="People">Who, as they were named.</param>
public sealed record EmergencyMobilised(
    Guid TicketId,
    string Number,
    int Version,
    IReadOnlyList<string> People,
    string By,
    DateTimeOffset OccurredAt
);
