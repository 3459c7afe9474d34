using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace CustomerFeedback.Gateway;

/// <summary>The door: counts the caller, knows every path of the API, and lets nothing in that a service would have to distrust.</summary>
internal sealed class Edge(RequestDelegate next, AccessTable table, IOptions<RateLimitOptions> limits)
{
    // Words about the caller that only a proxy in front of us may say, and switches that change what a request is.
    private static readonly string[] Untrusted =
    [
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Prefix",
        "X-Forwarded-Port",
        "X-Forwarded-User",
        "X-Real-IP",
        "X-Original-URL",
        "X-Original-Host",
        "X-Rewrite-URL",
        "X-User",
        "X-Roles",
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Method-Override",
    ];

    private readonly Buckets clients = new("client", limits.Value.PerClient);
    private readonly Buckets addresses = new("address", limits.Value.PerAddress);

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        var row = table.Find(request.Method, request.Path.Value, out var otherMethods);
        if (row is { Path: "/livez" or "/readyz" or "/startupz" })
            return next(http);
        if (!Counted(http))
            return Refuse(http, 429);
        if (row is null)
            return Refuse(http, otherMethods ? 405 : 404);
        // Kestrel keeps the length of a message that is framed twice under this name: smuggling, or a broken client.
        if (request.Headers.ContainsKey("X-Content-Length"))
            return Refuse(http, 400);
        if (request.ContentLength > Limit(http))
            return Refuse(http, 413);
        foreach (var name in Untrusted)
            request.Headers.Remove(name);
        http.Response.Headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        http.Features.Set(row);
        return next(http);
    }

    private bool Counted(HttpContext http) =>
        http.User.Identity is { IsAuthenticated: true }
            ? clients.Take(http.User.Caller().Subject, http.Response.Headers)
            : addresses.Take(Buckets.NameOf(http.Connection.RemoteIpAddress), http.Response.Headers);

    private static long Limit(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.MaxRequestBodySize
        ?? http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize
        ?? long.MaxValue;

    private Task Refuse(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        if (status == 405)
            http.Response.Headers.Allow = string.Join(", ", table.MethodsOf(http.Request.Path.Value ?? ""));
        return Task.CompletedTask; // the problem's body is written for every bare status
    }
}
