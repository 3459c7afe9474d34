using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CustomerFeedback.Telemetry;

/// <summary>What the platform below reads under names of its own: here for the check at start and for the catalogue.</summary>
internal sealed class PlatformOptions
{
    /// <summary>The port of the API, on all addresses.</summary>
    [ConfigurationKeyName("ASPNETCORE_HTTP_PORTS")]
    public string HttpPorts { get; set; } = "8080";

    /// <summary>Where traces and metrics go by OTLP; nowhere when not set.</summary>
    [ConfigurationKeyName("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>How OTLP is spoken there.</summary>
    [ConfigurationKeyName("OTEL_EXPORTER_OTLP_PROTOCOL")]
    [AllowedValues("grpc", "http/protobuf")]
    public string OtlpProtocol { get; set; } = "grpc";

    /// <summary>Which traces are kept: by default all, or what the caller decided.</summary>
    [ConfigurationKeyName("OTEL_TRACES_SAMPLER")]
    [AllowedValues(
        "always_on",
        "always_off",
        "traceidratio",
        "parentbased_always_on",
        "parentbased_always_off",
        "parentbased_traceidratio"
    )]
    public string TracesSampler { get; set; } = "parentbased_always_on";

    /// <summary>The share that the samplers by ratio keep.</summary>
    [ConfigurationKeyName("OTEL_TRACES_SAMPLER_ARG")]
    [Range(0.0, 1.0)]
    public double TracesSamplerArgument { get; set; } = 1;

    /// <summary>How much is logged.</summary>
    public LoggingOptions Logging { get; set; } = new();
}

/// <summary>The part of section <c>Logging</c> that is meant to be set here.</summary>
internal sealed class LoggingOptions
{
    public LogLevelOptions LogLevel { get; set; } = new();
}

/// <summary>Levels by category, of which one has a name of its own.</summary>
internal sealed class LogLevelOptions
{
    /// <summary>The level of all categories that have none of their own; under way PUT /v1/admin/{service}/log-level sets it too.</summary>
    public LogLevel Default { get; set; } = LogLevel.Information;
}
