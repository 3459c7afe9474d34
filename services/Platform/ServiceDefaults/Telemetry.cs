using System.Diagnostics;
using System.Text.RegularExpressions;
using CustomerFeedback.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>Traces and metrics over OTLP where OTEL_EXPORTER_OTLP_ENDPOINT is set; logs as JSON lines outside Development.</summary>
internal static class Telemetry
{
    private static readonly string[] Sources =
    [
        "Microsoft.AspNetCore",
        "System.Net.Http",
        "Npgsql",
        "MassTransit",
        "Yarp.ReverseProxy",
        "CustomerFeedback.*",
    ];

    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.*",
        "System.Net.Http",
        "System.Net.NameResolution",
        "System.Runtime",
        "Npgsql",
        "MassTransit",
        "Yarp.*",
        "CustomerFeedback.*",
    ];

    /// <summary>Their Information lines hold paths, and some paths hold a customer's link; EF's hold every statement.</summary>
    private static readonly string[] Talkative =
    [
        "Microsoft.AspNetCore",
        "Microsoft.EntityFrameworkCore",
        "System.Net.Http",
        "Yarp",
    ];

    /// <summary>The category is one of those that tell too much, or holds one of them.</summary>
    public static bool IsTalkative(string? category) =>
        !string.IsNullOrEmpty(category)
        && Array.Exists(
            Talkative,
            name =>
                name.StartsWith(category, StringComparison.OrdinalIgnoreCase)
                || category.StartsWith(name, StringComparison.OrdinalIgnoreCase)
        );

    public static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        foreach (var talkative in Talkative)
            builder.Logging.AddFilter(talkative, LogLevel.Warning);
        if (!builder.Environment.IsDevelopment())
            builder
                .Logging.ClearProviders()
                .AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>()
                .AddConsole(o => o.FormatterName = JsonLines.Format);

        if (builder.ReadSettings<PlatformOptions>("").OtlpEndpoint is null)
            return;
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Services.AddHostedService(_ => new Export(service));
    }

    /// <summary>The exporter's life is the host's.</summary>
    private sealed class Export(string service) : IHostedService
    {
        private OpenTelemetrySdk? sdk;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            sdk = OpenTelemetrySdk.Create(otel =>
                otel.ConfigureResource(r =>
                        r.AddService(
                            service,
                            "CustomerFeedback",
                            serviceInstanceId: Environment.MachineName + "-" + Environment.ProcessId
                        )
                    )
                    .WithTracing(t => t.AddSource(Sources).AddProcessor(new RoutesNotLinks()).AddOtlpExporter())
                    .WithMetrics(m => m.AddMeter(Meters).AddOtlpExporter())
            );
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            sdk?.Dispose();
            return Task.CompletedTask;
        }
    }
}

/// <summary>A link is a secret: spans keep its path without the token.</summary>
internal sealed partial class RoutesNotLinks : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var tag in (ReadOnlySpan<string>)["url.path", "url.full", "http.target", "http.url"])
        {
            if (data.GetTagItem(tag) is string value && Link().IsMatch(value))
                data.SetTag(tag, Link().Replace(value, "${path}{token}"));
        }
    }

    [GeneratedRegex(
        "(?<path>/(?:s|status|v1/survey-links)/)[^/?]+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Link();
}
