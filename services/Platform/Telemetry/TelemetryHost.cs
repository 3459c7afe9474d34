using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CustomerFeedback.Telemetry;

/// <summary>
/// Traces and metrics over OTLP where OTEL_EXPORTER_OTLP_ENDPOINT is set, metrics as text where Management:Url is; with neither nothing is
/// collected. Logs as JSON lines outside Development.
/// </summary>
public static class TelemetryHost
{
    private static readonly string[] Sources =
    [
        "Microsoft.AspNetCore",
        "System.Net.Http",
        "Npgsql",
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

    /// <summary>The log category is one of those that tell too much, or holds one of them.</summary>
    public static bool IsTalkative(string? category) =>
        !string.IsNullOrEmpty(category)
        && Array.Exists(
            Talkative,
            name =>
                name.StartsWith(category, StringComparison.OrdinalIgnoreCase)
                || category.StartsWith(name, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Logs, exporters and the management port of a host.</summary>
    /// <param name="service">As <c>intake</c>.</param>
    public static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        foreach (var talkative in Talkative)
            builder.Logging.AddFilter(talkative, LogLevel.Warning);
        if (!builder.Environment.IsDevelopment())
            builder
                .Logging.ClearProviders()
                .AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>()
                .AddConsole(o => o.FormatterName = JsonLines.Format);

        var pushes = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        if (pushes)
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder
            .Services.AddOptions<ManagementOptions>()
            .BindConfiguration("Management")
            .Validate(o => o.IsSound, "Management:Url must be an address to listen on, as http://*:8081.")
            .ValidateOnStart();
        builder.Services.AddSingleton<MetricText>();
        builder.Services.AddSingleton(s => new ManagementAnswer("/metrics", s.GetRequiredService<MetricText>().Answer));
        builder.Services.AddSingleton<IStartupFilter, ManagementPort>();
        // First of all that is hosted: what a worker counts at its start is heard.
        builder.Services.AddHostedService(s => new Export(
            service,
            pushes,
            s.GetRequiredService<IOptions<ManagementOptions>>().Value.IsSet ? s.GetRequiredService<MetricText>() : null
        ));
    }

    /// <summary>The exporters' life is the host's.</summary>
    private sealed class Export(string service, bool pushes, MetricText? text) : IHostedService
    {
        private OpenTelemetrySdk? sdk;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (pushes || text is not null)
                sdk = OpenTelemetrySdk.Create(otel =>
                {
                    otel.ConfigureResource(r =>
                        r.AddService(
                            service,
                            "CustomerFeedback",
                            serviceInstanceId: Environment.MachineName + "-" + Environment.ProcessId
                        )
                    );
                    otel.WithMetrics(Measure);
                    if (pushes)
                        otel.WithTracing(Trace);
                });
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            sdk?.Dispose();
            return Task.CompletedTask;
        }

        private static void Trace(TracerProviderBuilder traces) =>
            traces
                .AddSource(Sources)
                .AddProcessor(new NoLooksAround())
                .AddProcessor(new RoutesNotPaths())
                .AddOtlpExporter();

        private void Measure(MeterProviderBuilder metrics)
        {
            metrics.AddMeter(Meters).AddView(KeptTags.Of);
            if (pushes)
                metrics.AddOtlpExporter();
            if (text is not null)
                metrics.AddReader(new BaseExportingMetricReader(text));
        }
    }
}
