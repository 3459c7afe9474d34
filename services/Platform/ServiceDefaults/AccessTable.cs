using Microsoft.AspNetCore.Http;

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
