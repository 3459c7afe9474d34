namespace CustomerFeedback.Contracts.Notifications;

/// <summary>A message was handed to its provider.</summary>
/// <param name="Template">As <c>request-accepted</c>.</param>
/// <param name="Adapter">As <c>log</c>, <c>smtp</c>, <c>http</c>.</param>
/// <param name="Recipient"><c>customer</c>, or the agent's id for an alert.</param>
public sealed record NotificationDelivered(
    Guid DeliveryId,
    int Version,
    string Template,
    string Adapter,
    Channel Channel,
    string Recipient,
    Guid? CustomerId,
    string? Number,
    int Attempts,
    DateTimeOffset OccurredAt
);
