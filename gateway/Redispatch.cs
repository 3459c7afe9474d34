using System.Buffers;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace CustomerFeedback.Gateway;

/// <summary>
/// Tries another replica where the first one is gone: always when no connection came about (nothing was sent), and after that only
/// for what may be done twice: reads, and POSTs that carry an Idempotency-Key.
/// </summary>
internal static class Redispatch
{
    public static async Task Invoke(HttpContext http, RequestDelegate next)
    {
        // The service says these itself; the proxy would add its values to ours.
        var headers = http.Response.Headers;
        headers.Remove("X-Content-Type-Options");
        headers.Remove("Referrer-Policy");
        headers.Remove("Cache-Control");

        var proxy = http.GetReverseProxyFeature();
        var untried = proxy.AvailableDestinations;
        var kept = untried.Count > 1 && IsKeyed(http.Request) ? await Keep(http) : null;
        try
        {
            while (true)
            {
                await next(http);
                var error = http.Features.Get<IForwarderErrorFeature>();
                if (error is null || http.Response.HasStarted)
                    return;
                var unsent = IsUnsent(error);
                untried = [.. untried.Where(d => d != proxy.ProxiedDestination)];
                if (
                    untried.Count == 0
                    || http.RequestAborted.IsCancellationRequested
                    || !(unsent || MayRepeat(http.Request, error, kept))
                )
                {
                    http.Response.StatusCode = StatusFor(error, unsent, http.Response.StatusCode);
                    return;
                }
                http.Features.Set<IForwarderErrorFeature>(null);
                http.Response.StatusCode = StatusCodes.Status200OK;
                if (kept is not null)
                    http.Request.Body = new MemoryStream(
                        kept,
                        0,
                        (int)http.Request.ContentLength!.Value,
                        writable: false
                    );
                proxy.AvailableDestinations = untried;
                proxy.ProxiedDestination = null;
            }
        }
        finally
        {
            if (kept is not null)
                ArrayPool<byte>.Shared.Return(kept);
        }
    }

    internal static bool IsUnsent(IForwarderErrorFeature error) =>
        error.Error is ForwarderError.NoAvailableDestinations
        || error.Exception
            is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            };

    private static bool MayRepeat(HttpRequest request, IForwarderErrorFeature error, byte[]? kept) =>
        error.Error is ForwarderError.Request or ForwarderError.RequestBodyDestination
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || kept is not null);

    private static bool IsKeyed(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.ContentLength is >= 0 and <= ServiceDefaults.HostDefaults.BodyLimit
        && request.Headers.ContainsKey("Idempotency-Key");

    private static async Task<byte[]> Keep(HttpContext http)
    {
        var length = (int)http.Request.ContentLength!.Value;
        var kept = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await http.Request.Body.ReadExactlyAsync(kept.AsMemory(0, length), http.RequestAborted);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(kept);
            throw;
        }
        http.Request.Body = new MemoryStream(kept, 0, length, writable: false);
        return kept;
    }

    // 503: nothing happened, come back. 502: it went away in between; whether it acted is unknown.
    private static int StatusFor(IForwarderErrorFeature error, bool unsent, int proposed) =>
        unsent ? StatusCodes.Status503ServiceUnavailable
        : error.Error is ForwarderError.RequestTimedOut ? StatusCodes.Status504GatewayTimeout
        : proposed;
}

/// <summary>A replica that refuses connections is left out for a moment; the active check says when it is back.</summary>
internal sealed class GoneAway(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    public string Name => "GoneAway";

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (
            context.Features.Get<IForwarderErrorFeature>()
                is { Error: not ForwarderError.NoAvailableDestinations } error
            && Redispatch.IsUnsent(error)
        )
        {
            var pause = cluster.Model.Config.HealthCheck?.Passive?.ReactivationPeriod ?? TimeSpan.FromSeconds(1);
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, pause);
        }
    }
}
