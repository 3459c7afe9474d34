using System.ComponentModel.DataAnnotations;
using CustomerFeedback.Notifications.Domain;

namespace CustomerFeedback.Notifications;

/// <summary>The knobs of this service; the section <c>Notifications</c> of the configuration.</summary>
internal sealed class NotificationOptions : IValidatableObject
{
    private static readonly string[] Known = ["log", "smtp", "http"];

    /// <summary>For each of phone, email and alert: log, smtp or http. Nothing is assumed: a message that is only logged must be meant so.</summary>
    public Dictionary<string, string> Channels { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What links in messages begin with: the gateway as customers see it.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The IANA zone that messages tell times in.</summary>
    public string Zone { get; init; } = "Asia/Shanghai";

    /// <summary>The language of alerts.</summary>
    public string AgentLanguage { get; init; } = MessageTemplates.Fallback;

    /// <summary>Tries of a provider before a message is given up.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 8;

    /// <summary>The pause after the first try; each further one is twice as long, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a worker has a message to itself.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a provider may take; well below the lease.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Taken at once by one worker, and sent side by side.</summary>
    [Range(1, 1000)]
    public int BatchSize { get; init; } = 32;

    [Range(1, 64)]
    public int Parallel { get; init; } = 8;

    /// <summary>How long the first message that is due waits for company: Intake is asked once for all of them.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(200);

    public SmtpOptions Smtp { get; init; } = new();

    public ProviderOptions Http { get; init; } = new();

    // Methods: the validation of a section reads all of its properties.
    public TimeZoneInfo FindZone() => TimeZoneInfo.FindSystemTimeZoneById(Zone);

    public Patience HowPatient() => new(MaxAttempts, FirstPause, LongestPause);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var channel in Features.Carrying.Channels.All)
        {
            var adapter = Channels.GetValueOrDefault(channel);
            if (adapter is null)
                yield return new($"Notifications:Channels:{channel} is missing: log, smtp or http.");
            else if (!Known.Contains(adapter))
                yield return new($"Notifications:Channels:{channel} is {adapter}; known are log, smtp and http.");
        }
        foreach (var channel in Channels.Keys.Except(Features.Carrying.Channels.All))
            yield return new($"Notifications:Channels:{channel} is no channel: phone, email or alert.");
        if (PublicUrl is not { IsAbsoluteUri: true })
            yield return new("Notifications:PublicUrl is missing: the address of the gateway as customers see it.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            yield return new($"Notifications:Zone: {Zone} is not a time zone that this machine knows.");
        if (FirstPause <= TimeSpan.Zero || LongestPause < FirstPause)
            yield return new("Notifications:FirstPause is longer than nothing and not longer than LongestPause.");
        if (SendTimeout <= TimeSpan.Zero || Lease < SendTimeout * 2)
            yield return new("Notifications:Lease is at least twice Notifications:SendTimeout.");
        foreach (var missing in Smtp.Missing(Uses("smtp"), Channels.GetValueOrDefault("alert") == "smtp"))
            yield return new($"Notifications:Smtp:{missing} is missing.");
        foreach (var missing in Http.Missing(Uses("http")))
            yield return new($"Notifications:Http:{missing} is missing.");
    }

    private bool Uses(string adapter) => Channels.ContainsValue(adapter);
}

/// <summary>The company's mail server.</summary>
internal sealed class SmtpOptions
{
    public string Host { get; init; } = "";
    public int Port { get; init; } = 587;

    /// <summary>STARTTLS; without it only where the server is beside us.</summary>
    public bool Tls { get; init; } = true;
    public string From { get; init; } = "";
    public string? User { get; init; }
    public string? PasswordFile { get; init; }

    /// <summary>An agent's address, as <c>{id}@example.com</c>.</summary>
    public string? AgentAddress { get; init; }

    public IEnumerable<string> Missing(bool used, bool forAgents)
    {
        if (used && Host.Length == 0)
            yield return nameof(Host);
        if (used && From.Length == 0)
            yield return nameof(From);
        if (used && User is not null && PasswordFile is null)
            yield return nameof(PasswordFile);
        if (forAgents && AgentAddress?.Contains("{id}", StringComparison.Ordinal) is not true)
            yield return nameof(AgentAddress);
    }
}

/// <summary>A provider of texts or pushes.</summary>
internal sealed class ProviderOptions
{
    public Uri? Url { get; init; }

    /// <summary>What requests are signed with.</summary>
    public string? SecretFile { get; init; }

    /// <summary>Only for a provider of one's own.</summary>
    public bool AllowPrivateNetworks { get; init; }

    public IEnumerable<string> Missing(bool used)
    {
        if (used && Url is not { IsAbsoluteUri: true })
            yield return nameof(Url);
        if (used && string.IsNullOrEmpty(SecretFile))
            yield return nameof(SecretFile);
    }
}
