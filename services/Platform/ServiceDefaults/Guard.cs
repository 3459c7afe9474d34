using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Hosting;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>Who asks: the bearer token's subject, or nobody.</summary>
internal sealed class Authenticate(RequestDelegate next, Tokens tokens)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return next(http);
        if (tokens.Known(header.AsSpan(Scheme.Length)) is not { } user)
            return Judge(http, header[Scheme.Length..]);
        http.User = user;
        return next(http);
    }

    private async Task Judge(HttpContext http, string token)
    {
        if (await tokens.Judge(token) is { } user)
            http.User = user;
        await next(http);
    }
}

/// <summary>Whether he may: the row of the table decides, and what has no row is closed.</summary>
internal sealed class Authorize(RequestDelegate next, AccessTable table)
{
    private readonly ConcurrentDictionary<(RoutePattern, string), AccessRow?> known = new();

    public Task InvokeAsync(HttpContext http)
    {
        // No endpoint, or routing's own answer (405, 415): there is nothing to guard, and the status tells nothing.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
            return next(http);
        // The gateway forwards by prefix: there the path itself was looked up, before this, and the row kept.
        var row = http.Features.Get<AccessRow>() ?? RowOf(endpoint, http.Request.Method);
        if (row is { IsAnonymous: true })
            return next(http);
        if (http.User.Identity is not { IsAuthenticated: true })
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            var tried = http.Request.Headers.Authorization.Count > 0;
            http.Response.Headers.WWWAuthenticate = tried ? "Bearer error=\"invalid_token\"" : "Bearer";
            return Task.CompletedTask;
        }
        var caller = http.User.Caller();
        foreach (var role in row?.Roles ?? [])
        {
            if (caller.Is(role))
                return next(http);
        }
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private AccessRow? RowOf(RouteEndpoint endpoint, string method) =>
        known.GetOrAdd(
            (endpoint.RoutePattern, method),
            static (key, table) => table.Find(key.Item2, key.Item1.RawText, out _),
            table
        );
}

/// <summary>Stops a host whose endpoints are not all in the table: nothing is open, or closed, by accident.</summary>
internal sealed class AccessCheck(AccessTable table) : IHostedService
{
    public IEnumerable<EndpointDataSource> Sources { get; set; } = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var without =
            from endpoint in Sources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]
            where table.Find(method, endpoint.RoutePattern.RawText, out _) is null
            select $"{method} {endpoint.RoutePattern.RawText}";
        var missing = string.Join(", ", without);
        return missing.Length == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException($"Access.Table has no row for {missing}: say who may call it.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
