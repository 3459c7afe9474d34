using Microsoft.Extensions.Logging;

namespace CustomerFeedback.Messaging;

/// <summary>Everything that messaging says, in one list.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Relay connected to the broker")]
    public static partial void RelayConnected(this ILogger log);

    [LoggerMessage(2002, LogLevel.Warning, "Relay without broker, next try in {Delay}: {Reason}")]
    public static partial void RelayInterrupted(this ILogger log, TimeSpan delay, string reason);

    [LoggerMessage(
        2003,
        LogLevel.Warning,
        "Message {MessageId} ({Type}) reached no queue; it stays in the outbox and is tried again"
    )]
    public static partial void Unroutable(this ILogger log, Guid messageId, string type);

    [LoggerMessage(2004, LogLevel.Warning, "Broker blocks publishing: {Reason}")]
    public static partial void BrokerBlocked(this ILogger log, string reason);

    [LoggerMessage(2005, LogLevel.Information, "Broker takes messages again")]
    public static partial void BrokerUnblocked(this ILogger log);

    [LoggerMessage(2006, LogLevel.Warning, "{Count} confirmed messages had meanwhile been leased to another relay")]
    public static partial void Fenced(this ILogger log, int count);

    [LoggerMessage(2007, LogLevel.Warning, "Waiting for commits of other processes interrupted: {Reason}")]
    public static partial void ListenInterrupted(this ILogger log, string reason);

    [LoggerMessage(2008, LogLevel.Warning, "Outbox not reachable, next try in a second: {Reason}")]
    public static partial void OutboxUnreachable(this ILogger log, string reason);

    [LoggerMessage(2010, LogLevel.Error, "Parked a message of {Queue} (id {MessageId}): {Reason}")]
    public static partial void Parked(this ILogger log, string queue, string? messageId, string reason);

    [LoggerMessage(2011, LogLevel.Warning, "{Role} interrupted, next try in {Delay}: {Reason}")]
    public static partial void ConnectionInterrupted(this ILogger log, string role, TimeSpan delay, string reason);

    [LoggerMessage(2012, LogLevel.Information, "{Count} parked messages sent back to their queues")]
    public static partial void Replayed(this ILogger log, int count);

    [LoggerMessage(2020, LogLevel.Information, "Retention removed {Count} rows from {Table}")]
    public static partial void Removed(this ILogger log, int count, string table);

    [LoggerMessage(2021, LogLevel.Warning, "Retention interrupted, next try in {Delay}: {Reason}")]
    public static partial void RetentionInterrupted(this ILogger log, TimeSpan delay, string reason);

    [LoggerMessage(2022, LogLevel.Warning, "What waits cannot be counted for now: {Reason}")]
    public static partial void GaugesBlind(this ILogger log, string reason);

    [LoggerMessage(
        2030,
        LogLevel.Warning,
        "The bus did not come back though the broker answers; a new one takes its place"
    )]
    public static partial void BusReplaced(this ILogger log);

    [LoggerMessage(2031, LogLevel.Warning, "The bus did not stop in time: {Reason}")]
    public static partial void BusNotStopped(this ILogger log, string reason);

    [LoggerMessage(2040, LogLevel.Information, "Waiting for the database's migration: {Missing}")]
    public static partial void MigrationAwaited(this ILogger log, string missing);

    [LoggerMessage(2041, LogLevel.Information, "Waiting for the {Server}: {Reason}")]
    public static partial void ServerAwaited(this ILogger log, string server, string reason);
}
