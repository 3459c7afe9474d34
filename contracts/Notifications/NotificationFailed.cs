namespace CustomerFeedback.Contracts.Notifications;

/// <summary>A message will not be sent: given up after its last try, or not wanted (<c>do_not_contact</c>, <c>unreachable</c>).</summary>
public sealed record NotificationFailed(
    Guid DeliveryId,
    int Version,
    string Template,
    string Adapter,
    Channel Channel,
    string Recipient,
    Guid? CustomerId,
    string? Number,
    string Reason,
    int Attempts,
    DateTimeOffset OccurredAt
);
