namespace CustomerFeedback.Survey;

/// <summary>Everything that Survey logs. No customer's words, no addresses, no links.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "{Number} episode {Episode}: invitation {State}, {Reason}")]
    public static partial void Decided(ILogger logger, string number, int episode, string state, string? reason);

    [LoggerMessage(3002, LogLevel.Information, "Questionnaire {Id} version {Version} published by {By}")]
    public static partial void Published(ILogger logger, string id, int version, string by);

    [LoggerMessage(3003, LogLevel.Error, "No published version of questionnaire {Id}: its invitations wait")]
    public static partial void NothingToAsk(ILogger logger, string id);
}
