namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>What a ticket is counted by, as it stood at the event.</summary>
public sealed record TicketFacts(
    RequestType Type,
    Category Category,
    Subcategory Subcategory,
    int? ComplaintLevel,
    Urgency Urgency,
    bool Complex,
    Channel Channel,
    Segment Segment,
    string Language,
    ServiceStage? ServiceStage,
    string? Product,
    string? Region,
    string? Store,
    string? Team,
    string? Assignee
);
