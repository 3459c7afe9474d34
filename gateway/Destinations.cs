using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CustomerFeedback.Gateway;

/// <summary>The part of section <c>ReverseProxy:Clusters</c> that differs between places: where the services are.</summary>
internal sealed class ClusterOptions
{
    [ConfigurationKeyName("intake")]
    public DestinationsOptions Intake { get; init; } = new();

    [ConfigurationKeyName("ticketing")]
    public DestinationsOptions Ticketing { get; init; } = new();

    [ConfigurationKeyName("survey")]
    public DestinationsOptions Survey { get; init; } = new();

    [ConfigurationKeyName("analytics")]
    public DestinationsOptions Analytics { get; init; } = new();

    [ConfigurationKeyName("notifications")]
    public DestinationsOptions Notifications { get; init; } = new();
}

/// <summary>The replicas of one service, or one name that leads to all of them.</summary>
internal sealed class DestinationsOptions : IValidatableObject
{
    public Dictionary<string, DestinationOptions> Destinations { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Destinations.Count == 0)
            yield return new("missing.", ["Destinations:d0:Address"]);
    }
}

/// <summary>One address of a service.</summary>
internal sealed class DestinationOptions
{
    /// <summary>Where the gateway reaches the service; the first one is called d0.</summary>
    [Required]
    public Uri? Address { get; init; }
}

/// <summary>Who stands in front of the gateway.</summary>
internal sealed class ForwardingOptions : IValidatableObject
{
    /// <summary>A network, as 10.0.0.0/8, whose X-Forwarded-For is believed; nobody's when none is set.</summary>
    public string[] TrustedProxies { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        TrustedProxies
            .Select((network, n) => (network, n))
            .Where(one => !IPNetwork.TryParse(one.network, out _))
            .Select(one => new ValidationResult(
                $"\"{one.network}\" is not a network such as 10.0.0.0/8.",
                [$"{nameof(TrustedProxies)}:{one.n}"]
            ));
}
