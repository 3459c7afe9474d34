using CustomerFeedback.Messaging;

namespace CustomerFeedback.Analytics.Data;

/// <summary>How far the numbers are behind what has arrived.</summary>
internal static class Freshness
{
    private const string Queue = "analytics-store-events";

    /// <summary>Messages waiting to be stored. What is stored is in the numbers: both are one transaction.</summary>
    public static long? EventsBehind(Backlog backlog) => backlog.Of(Queue);

    /// <summary>Since when there has always been a message waiting; null while none is.</summary>
    public static DateTimeOffset? BehindSince(Backlog backlog) => backlog.Since(Queue);
}
