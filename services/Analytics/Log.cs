namespace CustomerFeedback.Analytics;

/// <summary>Everything that Analytics logs. No customer's words, no addresses.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Warning, "Partitions could not be made, next try in {Pause}: {Reason}")]
    public static partial void PartitionsNotMade(ILogger logger, string reason, TimeSpan pause);

    [LoggerMessage(
        3001,
        LogLevel.Information,
        "Facts and rollups rebuilt from {Events} events; checksum equal: {Equal}"
    )]
    public static partial void Rebuilt(ILogger logger, long events, bool equal);

    [LoggerMessage(3002, LogLevel.Error, "Rebuild {Job} failed")]
    public static partial void RebuildFailed(ILogger logger, Exception exception, string job);
}
