using System.Diagnostics;
using CustomerFeedback.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Telemetry;

/// <summary>What the management port answers under a path.</summary>
public sealed record ManagementAnswer(string Path, RequestDelegate Answer);

/// <summary>
/// The same server at one more address. Who comes there gets a <see cref="ManagementAnswer"/> or a 404, and never reaches the host's pipeline; who
/// comes elsewhere never gets one.
/// </summary>
internal sealed class ManagementPort(IOptions<ManagementOptions> options, IEnumerable<ManagementAnswer> answers)
    : IStartupFilter
{
    private readonly Dictionary<string, RequestDelegate> known = answers.ToDictionary(a => a.Path, a => a.Answer);

    // The host's own addresses (ASPNETCORE_URLS or _HTTP_PORTS) have been read when this runs, and the server has not started.
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            if (options.Value.IsSet)
            {
                var port = options.Value.Port;
                Listen(app.ServerFeatures.Get<IServerAddressesFeature>()?.Addresses ?? [], port);
                app.Use((http, rest) => http.Connection.LocalPort == port ? Answer(http) : rest(http));
            }

            next(app);
        };

    private void Listen(ICollection<string> addresses, int port)
    {
        if (addresses.Any(address => BindingAddress.Parse(address).Port == port))
            throw new SettingsException([
                $"Setting Management:Url: the API is at port {port}; give it one of its own.",
            ]);
        // Named addresses replace the server's default, which the API would then be without.
        if (addresses.Count == 0)
            addresses.Add("http://localhost:5000");
        addresses.Add(options.Value.Url!);
    }

    private Task Answer(HttpContext http)
    {
        // Probes and scrapes are no load: neither a span nor a part of the request metrics.
        if (Activity.Current is { } span)
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
            metrics.MetricsDisabled = true;

        var asked = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (asked && known.TryGetValue(http.Request.Path.Value ?? "", out var answer))
            return answer(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
