using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing;

/// <summary>Everything that Ticketing logs. No customer's words, no addresses.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "{Count} tickets opened, {Assigned} of them assigned")]
    public static partial void Opened(ILogger logger, int count, int assigned);

    [LoggerMessage(2001, LogLevel.Debug, "{Number}: {Code} while {Status}")]
    public static partial void Refused(ILogger logger, string number, string code, TicketStatus status);

    [LoggerMessage(2002, LogLevel.Information, "{Number} resumed: the agreed time has come")]
    public static partial void Resumed(ILogger logger, string number);

    [LoggerMessage(2003, LogLevel.Information, "{Count} waiting tickets assigned")]
    public static partial void Assigned(ILogger logger, int count);

    [LoggerMessage(2004, LogLevel.Information, "{Number}: nothing heard since it was resolved, now {Status}")]
    public static partial void Silent(ILogger logger, string number, TicketStatus status);

    [LoggerMessage(2005, LogLevel.Warning, "{Number}: rule {RuleId} routes to team {Team}, which does not exist")]
    public static partial void UnknownTeam(ILogger logger, string number, string ruleId, string team);

    [LoggerMessage(2006, LogLevel.Warning, "{Event} speaks of ticket {Number}, which is not known here: let be")]
    public static partial void UnknownTicket(ILogger logger, string @event, string number);

    [LoggerMessage(2100, LogLevel.Error, "What is due on {Number} cannot be done; it is set aside for a minute")]
    public static partial void TicketSetAside(ILogger logger, Exception? exception, string number);

    [LoggerMessage(2101, LogLevel.Information, "SLA {Kind} {Id} version {Version} published by {By}")]
    public static partial void SlaPublished(ILogger logger, string kind, string id, int version, string by);

    [LoggerMessage(2102, LogLevel.Information, "SLA rebase by {By}: {Clocks} clocks of {Tickets} tickets moved")]
    public static partial void SlaRebased(ILogger logger, string by, int clocks, int tickets);
}
