namespace CustomerFeedback.Notifications.Domain;

/// <summary>How a delivery stands, in the words of table and API.</summary>
internal static class DeliveryState
{
    /// <summary>It waits for its (next) try.</summary>
    public const string Queued = "queued";

    /// <summary>A worker has it; past its lease another one takes it over.</summary>
    public const string Sending = "sending";

    /// <summary>The provider has it.</summary>
    public const string Delivered = "delivered";

    /// <summary>Given up, or refused by the provider for good.</summary>
    public const string Failed = "failed";

    /// <summary>Not wanted, or nowhere to send it: see the reason.</summary>
    public const string Suppressed = "suppressed";

    public static IReadOnlyList<string> All { get; } = [Queued, Sending, Delivered, Failed, Suppressed];
}
