namespace CustomerFeedback.Analytics;

/// <summary>Everything that Analytics logs. No customer's words, no addresses.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Warning, "Partitions could not be made, next try in {Pause}: {Reason}")]
    public static partial void PartitionsNotMade(ILogger logger, string reason, TimeSpan pause);

    [LoggerMessage(3001, LogLevel.Information, "{Kind} {Job}: {Result}")]
    public static partial void JobDone(ILogger logger, string kind, string job, string result);

    [LoggerMessage(3002, LogLevel.Error, "{Kind} {Job} failed")]
    public static partial void JobFailed(ILogger logger, Exception exception, string kind, string job);
}
