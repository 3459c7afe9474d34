using CustomerFeedback.Contracts.Intake;

namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A part of a ticket becomes a ticket of its own: Intake makes a request of it, by the front door, once per split.</summary>
/// <param name="TicketId">The ticket that it was a part of; <paramref name="Version"/> counts its events.</param>
/// <param name="SplitId">The natural key of the request to come.</param>
/// <param name="SplitNumber">The number of the request to come.</param>
/// <param name="RecordedBy">Who brought the first request: to them belongs the part too.</param>
/// <param name="Description">The customer's words on this part; free text, erased by customer.</param>
/// <param name="ReceivedAt">When the customer spoke: as of the first request.</param>
public sealed record TicketSplit(
    Guid TicketId,
    string Number,
    int Version,
    Guid SplitId,
    string SplitNumber,
    Guid CustomerId,
    string RecordedBy,
    Channel Channel,
    RequestType Type,
    Urgency Urgency,
    string Language,
    string Subject,
    RequestDescription Description,
    string? Product,
    string? ProductVersion,
    string? OrderRef,
    ServiceStage? ServiceStage,
    string? Region,
    string? Store,
    DateTimeOffset ReceivedAt,
    string By,
    DateTimeOffset OccurredAt
);
