using System.ComponentModel.DataAnnotations;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.Notifications.Features.Carrying;

namespace CustomerFeedback.Notifications;

/// <summary>The knobs of this service; the section <c>Notifications</c> of the configuration.</summary>
internal sealed class NotificationOptions : IValidatableObject
{
    public ChannelOptions Channels { get; init; } = new();

    /// <summary>What links in messages begin with: the gateway as customers see it.</summary>
    [Required]
    public Uri? PublicUrl { get; init; }

    /// <summary>The IANA zone that messages tell times in.</summary>
    public string Zone { get; init; } = "Asia/Shanghai";

    /// <summary>The language of alerts.</summary>
    public string AgentLanguage { get; init; } = MessageTemplates.Fallback;

    /// <summary>Tries of a provider before a message is given up.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 8;

    /// <summary>The pause after the first try; each further one is twice as long, up to <see cref="LongestPause"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause between two tries.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "7.00:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a worker has a message to itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a provider may take; well below the lease.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Taken at once by one worker, and sent side by side.</summary>
    [Range(1, 1000)]
    public int BatchSize { get; init; } = 64;

    /// <summary>How many messages a worker sends at the same time.</summary>
    [Range(1, 64)]
    public int Parallel { get; init; } = 16;

    /// <summary>How long the first message that is due waits for company: Intake is asked once for all of them.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(200);

    public SmtpOptions Smtp { get; init; } = new();

    public ProviderOptions Http { get; init; } = new();

    // Methods: the validation of a section reads all of its properties.
    public TimeZoneInfo FindZone() => TimeZoneInfo.FindSystemTimeZoneById(Zone);

    public Patience HowPatient() => new(MaxAttempts, FirstPause, LongestPause);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            yield return new($"{Zone} is not a time zone that this machine knows.", [nameof(Zone)]);
        if (LongestPause < FirstPause)
            yield return new("shorter than Notifications:FirstPause.", [nameof(LongestPause)]);
        if (Lease < SendTimeout * 2)
            yield return new("less than twice Notifications:SendTimeout.", [nameof(Lease)]);
        foreach (var missing in Smtp.Missing(Channels.Use("smtp"), Channels.Alert == "smtp"))
            yield return new("missing: a channel uses smtp.", [$"{nameof(Smtp)}:{missing}"]);
        foreach (var missing in Http.Missing(Channels.Use("http")))
            yield return new("missing: a channel uses http.", [$"{nameof(Http)}:{missing}"]);
    }
}

/// <summary>The adapter of each channel. Nothing is assumed: a message that is only logged must be meant so.</summary>
internal sealed class ChannelOptions
{
    /// <summary>How telephones are reached.</summary>
    [ConfigurationKeyName("phone")]
    [AllowedValues("log", "smtp", "http")]
    public string Phone { get; init; } = "";

    /// <summary>How customers' e-mail addresses are reached.</summary>
    [ConfigurationKeyName("email")]
    [AllowedValues("log", "smtp", "http")]
    public string Email { get; init; } = "";

    /// <summary>How agents are alerted.</summary>
    [ConfigurationKeyName("alert")]
    [AllowedValues("log", "smtp", "http")]
    public string Alert { get; init; } = "";

    public bool Use(string adapter) => Phone == adapter || Email == adapter || Alert == adapter;

    /// <param name="channel">One of <see cref="Channels.All"/>.</param>
    public string For(string channel) =>
        channel switch
        {
            Channels.Phone => Phone,
            Channels.Email => Email,
            Channels.Alert => Alert,
            _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "There is no such channel."),
        };
}

/// <summary>The company's mail server.</summary>
internal sealed class SmtpOptions
{
    /// <summary>The mail server; needed where a channel uses smtp.</summary>
    public string Host { get; init; } = "";

    /// <summary>The mail server's port.</summary>
    [Range(1, 65_535)]
    public int Port { get; init; } = 587;

    /// <summary>STARTTLS; without it only where the mail server is beside us.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>The sender's address; needed where a channel uses smtp.</summary>
    public string From { get; init; } = "";

    /// <summary>Who logs in at the mail server; nobody when not set.</summary>
    public string? User { get; init; }

    /// <summary>The file with the password of Smtp:User, read at every message.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>An agent's address, as <c>{id}@example.com</c>; needed where alerts use smtp.</summary>
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
    /// <summary>The provider's address; needed where a channel uses http.</summary>
    public Uri? Url { get; init; }

    /// <summary>The file with the secret that requests are signed with, read at every message; needed where a channel uses http.</summary>
    public string? SecretFile { get; init; }

    /// <summary>The provider may have a private address: only for one of one's own.</summary>
    public bool AllowPrivateNetworks { get; init; }

    public IEnumerable<string> Missing(bool used)
    {
        if (used && Url is not { IsAbsoluteUri: true })
            yield return nameof(Url);
        if (used && string.IsNullOrEmpty(SecretFile))
            yield return nameof(SecretFile);
    }
}
