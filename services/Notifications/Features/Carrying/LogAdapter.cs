using CustomerFeedback.Masking;
using CustomerFeedback.Notifications.Domain;

namespace CustomerFeedback.Notifications.Features.Carrying;

/// <summary>For development: says that there would have been a message, to whom only in masks, and not what it says.</summary>
internal sealed class LogAdapter(ILogger<LogAdapter> log) : IAdapter
{
    public string Name => "log";

    public Task<Verdict> Send(OutgoingMessage message, CancellationToken ct)
    {
        var to = message.Channel == Channels.Alert ? message.To : MaskedAddress.Of(message.To);
        Log.WouldSend(log, message.Id, message.Template, message.Language, message.Channel, to);
        return Task.FromResult<Verdict>(new Verdict.Delivered());
    }
}
