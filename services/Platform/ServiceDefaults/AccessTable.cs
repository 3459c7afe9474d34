using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Hosting;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>One method of one path and the roles that may call it; no role = anyone, without a token.</summary>
public sealed record AccessRow(string Method, string Path, params string[] Roles)
{
    public bool IsAnonymous => Roles.Length == 0;

    internal string[] Segments { get; } = Path.Trim('/').Split('/');

    internal bool IsOpenEnded => Segments[^1].StartsWith("{**", StringComparison.Ordinal);

    // Routing lets HEAD in wherever a slice maps it; it needs what GET needs.
    internal bool Answers(string method) =>
        method.Equals(Method, StringComparison.OrdinalIgnoreCase) || (Method == "GET" && HttpMethods.IsHead(method));
}

/// <summary>Finds the row for a path, as asked or as written in an endpoint's pattern.</summary>
public sealed class AccessTable
{
    private readonly AccessRow[][] bySegments;

    public AccessTable(params IEnumerable<AccessRow> rows)
    {
        // '{' sorts behind every letter: a literal is found before a parameter.
        Rows = [.. rows.OrderBy(r => r.IsOpenEnded).ThenBy(r => r.Path, StringComparer.Ordinal)];
        var longest = Rows.Max(r => r.Segments.Length) + 1;
        bySegments =
        [
            .. Enumerable
                .Range(0, longest)
                .Select(n =>
                    Rows.Where(r => r.IsOpenEnded ? r.Segments.Length - 1 <= n : r.Segments.Length == n).ToArray()
                ),
        ];
    }

    public IReadOnlyList<AccessRow> Rows { get; }

    /// <summary>The row, or null; <paramref name="otherMethods"/> tells whether the path is known by another method.</summary>
    public AccessRow? Find(string method, ReadOnlySpan<char> path, out bool otherMethods)
    {
        otherMethods = false;
        path = path is ['/', ..] ? path[1..] : path;
        path = path is [.., '/'] ? path[..^1] : path; // as routing does: one slash too many is none
        var segments = path.IsEmpty ? 0 : path.Count('/') + 1;
        foreach (var row in bySegments[Math.Min(segments, bySegments.Length - 1)])
        {
            if (!Matches(row, path, segments))
                continue;
            if (row.Answers(method))
                return row;
            otherMethods = true;
        }
        return null;
    }

    /// <summary>The methods that a path answers, for Allow.</summary>
    public IEnumerable<string> MethodsOf(string path) =>
        Rows.Where(r => Find(r.Method, path, out _) == r).Select(r => r.Method).Distinct();

    private static bool Matches(AccessRow row, ReadOnlySpan<char> path, int segments)
    {
        if (!row.IsOpenEnded && row.Segments.Length != segments)
            return false;
        foreach (var pattern in row.Segments)
        {
            if (pattern.StartsWith("{**", StringComparison.Ordinal))
                return true;
            var slash = path.IndexOf('/');
            var segment = slash < 0 ? path : path[..slash];
            path = slash < 0 ? [] : path[(slash + 1)..];
            if (!Fits(pattern, segment))
                return false;
        }
        return true;
    }

    // "{id}" fits anything, "{id}.svg" what ends so, the rest itself. A route's own "{number}" is just a segment here.
    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> segment) =>
        pattern[0] != '{'
            ? pattern.Equals(segment, StringComparison.OrdinalIgnoreCase)
            : segment.Length > 0
                && segment.EndsWith(pattern[(pattern.IndexOf('}') + 1)..], StringComparison.OrdinalIgnoreCase);
}

/// <summary>The fallback policy of every host: the row of the table decides, and what has no row is closed.</summary>
internal sealed class AccessHandler(AccessTable table) : AuthorizationHandler<AccessHandler>, IAuthorizationRequirement
{
    private readonly ConcurrentDictionary<(RoutePattern, string), AccessRow?> known = new();

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessHandler requirement)
    {
        // No endpoint, or routing's own answer (405, 415): there is nothing to guard, and the status tells nothing.
        if (
            context.Resource is HttpContext http
            && (http.GetEndpoint() is not RouteEndpoint endpoint || Allows(endpoint, http))
        )
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    internal AccessRow? RowOf(RouteEndpoint endpoint, string method) =>
        known.GetOrAdd(
            (endpoint.RoutePattern, method),
            static (key, table) => table.Find(key.Item2, key.Item1.RawText, out _),
            table
        );

    private bool Allows(RouteEndpoint endpoint, HttpContext http) =>
        // The gateway forwards by prefix: there the path itself is looked up, before this, and the row kept.
        (http.Features.Get<AccessRow>() ?? RowOf(endpoint, http.Request.Method))
            is { } row
        && (
            row.IsAnonymous
            || (http.User.Identity is { IsAuthenticated: true } && Array.Exists(row.Roles, http.User.Caller().Is))
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
