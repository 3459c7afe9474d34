using CustomerFeedback.Notifications.Domain;

namespace CustomerFeedback.Notifications.Features.Carrying;

/// <summary>A way to a provider. It may be handed the same message twice, under the same id.</summary>
internal interface IAdapter
{
    /// <summary>As <c>log</c>, <c>smtp</c>, <c>http</c>.</summary>
    string Name { get; }

    Task<Verdict> Send(OutgoingMessage message, CancellationToken ct);
}

/// <summary>A message with everything in the clear: made for one try, kept nowhere.</summary>
/// <param name="Id">The delivery's: stable over all tries.</param>
/// <param name="Channel"><c>phone</c>, <c>email</c> or <c>alert</c>.</param>
/// <param name="To">A telephone number, an e-mail address, or an agent's id.</param>
internal sealed record OutgoingMessage(
    Guid Id,
    string Template,
    string Channel,
    string To,
    string Language,
    string Subject,
    string Text
);

/// <summary>The channels that an adapter is chosen for.</summary>
internal static class Channels
{
    public const string Phone = "phone";
    public const string Email = "email";

    /// <summary>The company's own people.</summary>
    public const string Alert = "alert";

    public static IReadOnlyList<string> All { get; } = [Phone, Email, Alert];
}

/// <summary>The adapter of each channel, as configured.</summary>
internal sealed class Adapters(
    IEnumerable<IAdapter> adapters,
    Microsoft.Extensions.Options.IOptions<NotificationOptions> options
)
{
    private readonly Dictionary<string, IAdapter> byName = adapters.ToDictionary(adapter => adapter.Name);

    public IAdapter For(string channel) => byName[options.Value.Channels.For(channel)];
}
