using CustomerFeedback.Messaging;

namespace CustomerFeedback.Analytics.Data;

/// <summary>How far the numbers are behind what has arrived.</summary>
internal static class Freshness
{
    /// <summary>Messages waiting to be stored. What is stored is in the numbers: both are one transaction.</summary>
    public static long? EventsBehind(Backlog backlog) => backlog.Of("analytics-store-events");
}
