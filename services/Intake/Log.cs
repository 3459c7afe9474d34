namespace CustomerFeedback.Intake;

/// <summary>Everything this service logs; never a customer's words, name or address.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1001,
        LogLevel.Information,
        "Rule book of revision {Revision}: rules {Version}, {Policies} policies, {Calendars} calendars"
    )]
    public static partial void RuleBookRead(this ILogger log, long revision, int version, int policies, int calendars);

    [LoggerMessage(1002, LogLevel.Error, "Policy {Policy} version {Version} cannot be read: nothing is promised by it")]
    public static partial void UnreadablePolicy(this ILogger log, string policy, int version);

    [LoggerMessage(
        1003,
        LogLevel.Error,
        "Calendar {Calendar} version {Version} cannot be read: nothing is promised by it"
    )]
    public static partial void UnreadableCalendar(this ILogger log, string calendar, int version);

    [LoggerMessage(1011, LogLevel.Information, "A batch of {Count} was refused ({Cause}): each is stored by itself")]
    public static partial void BatchSplit(this ILogger log, int count, string cause);

    [LoggerMessage(1012, LogLevel.Debug, "A request raced another one ({SqlState}, {Constraint}): looking again")]
    public static partial void SubmissionRaced(this ILogger log, string sqlState, string? constraint);

    [LoggerMessage(1013, LogLevel.Warning, "The database is not available: {Count} requests were turned away")]
    public static partial void DatabaseUnavailable(this ILogger log, int count, Exception cause);

    [LoggerMessage(1014, LogLevel.Error, "{Count} requests could not be stored")]
    public static partial void SubmissionFailed(this ILogger log, int count, Exception cause);
}
