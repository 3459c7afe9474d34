namespace CustomerFeedback.Notifications;

/// <summary>Everything that this service logs; never an address, a name, a link or the words of a message.</summary>
internal static partial class Log
{
    [LoggerMessage(
        5001,
        LogLevel.Information,
        "{Id} {Template} by {Adapter}: {State} {Reason}, tried {Attempts} times"
    )]
    public static partial void Settled(
        ILogger logger,
        Guid id,
        string template,
        string? adapter,
        string state,
        string? reason,
        int attempts
    );

    [LoggerMessage(5002, LogLevel.Information, "{Id} {Template} in {Language} would go to {Recipient} by {Channel}")]
    public static partial void WouldSend(
        ILogger logger,
        Guid id,
        string template,
        string language,
        string channel,
        string recipient
    );

    [LoggerMessage(5003, LogLevel.Warning, "{Id}: {Edge} is not available ({Why}); it waits")]
    public static partial void EdgeUnavailable(ILogger logger, Guid id, string edge, string why);

    [LoggerMessage(5004, LogLevel.Warning, "{Id}: {Adapter} was answered {Code}")]
    public static partial void ProviderRefused(ILogger logger, Guid id, string adapter, int code);

    [LoggerMessage(5005, LogLevel.Error, "{Id} {Template} could not be carried")]
    public static partial void CarryFailed(ILogger logger, Exception exception, Guid id, string template);
}
