using System.Diagnostics;
using System.Diagnostics.Metrics;
using CustomerFeedback.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>The probes once more, on the management port: there <c>/readyz</c> says how each check went.</summary>
internal static class Probes
{
    private const string Well = "ok";

    /// <param name="Status"><c>ok</c> or <c>failed</c>.</param>
    /// <param name="Error">Why it failed: names of hosts may be in it, so it is told here only.</param>
    private sealed record Check(string Name, string Status, double Milliseconds, string? Error);

    /// <param name="Status"><c>ready</c>, <c>not_ready</c> or <c>draining</c>.</param>
    private sealed record Readiness(string Status, IReadOnlyList<Check> Checks);

    public static void AddProbes(this IServiceCollection services)
    {
        services.AddSingleton<ReadinessGauge>();
        services.AddSingleton(
            new ManagementAnswer("/livez", http => http.Response.WriteAsync("alive", http.RequestAborted))
        );
        services.AddSingleton(new ManagementAnswer("/startupz", Started));
        services.AddSingleton(new ManagementAnswer("/readyz", Ready));
    }

    private static Task Started(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<Lifecycle>().Started)
            return http.Response.WriteAsync("started", http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsync("starting", http.RequestAborted);
    }

    private static async Task Ready(HttpContext http)
    {
        var services = http.RequestServices;
        var checks = await Task.WhenAll(
            services.GetServices<ReadinessCheck>().Select(check => Ask(check, services, http.RequestAborted))
        );
        var status =
            services.GetRequiredService<Lifecycle>().Draining ? "draining"
            : Array.TrueForAll(checks, check => check.Status == Well) ? "ready"
            : "not_ready";
        services.GetRequiredService<ReadinessGauge>().Note(status == "ready");
        http.Response.StatusCode =
            status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await http.Response.WriteAsJsonAsync(new Readiness(status, checks), http.RequestAborted);
    }

    private static async Task<Check> Ask(ReadinessCheck check, IServiceProvider services, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var failure = await Health.Ask(check, services, ct);
        var took = Math.Round(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 1);
        return new Check(check.Name, failure is null ? Well : "failed", took, failure?.Message);
    }
}

/// <summary>What was last said when somebody asked whether the host is ready: <c>host_ready</c>, 1 or 0.</summary>
internal sealed class ReadinessGauge : IDisposable
{
    private readonly Meter meter = new("CustomerFeedback.Host");
    private volatile bool ready;

    public ReadinessGauge() =>
        meter.CreateObservableGauge(
            "host_ready",
            () => ready ? 1 : 0,
            description: "1 when the host last said that it is ready, 0 when it said that it is not."
        );

    public void Note(bool isReady) => ready = isReady;

    public void Dispose() => meter.Dispose();
}
