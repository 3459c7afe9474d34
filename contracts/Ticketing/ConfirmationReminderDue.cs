namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>The customer has not said yet whether the resolution holds, and is to be asked once more.</summary>
/// <param name="ClosesAt">Who says nothing until then finds the ticket closed by silence.</param>
public sealed record ConfirmationReminderDue(
    Guid TicketId,
    string Number,
    int Version,
    Guid CustomerId,
    int Episode,
    DateTimeOffset ClosesAt,
    DateTimeOffset OccurredAt
);
