using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>Row versions as strong entity tags: <c>"7"</c>.</summary>
public static class ETags
{
    public static void SetETag(this HttpContext http, long version) =>
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}

/// <summary>The version that a change is meant for.</summary>
public static class IfMatch
{
    /// <summary>Matches no version.</summary>
    private const long None = -1;

    /// <summary>
    /// The version named by If-Match (null for <c>*</c>: any that exists; a weak tag, or one that we never gave, names none), or 428 without the
    /// header, or 400 for what is not one tag.
    /// </summary>
    public static bool TryRead(HttpContext http, out long? version, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        version = null;
        problem = null;
        var tag = http.Request.Headers.IfMatch.ToString().AsSpan().Trim();
        if (tag.IsEmpty)
            problem = Problem.IfMatchMissing();
        else if (tag is not "*")
        {
            if (EntityTagHeaderValue.TryParse(http.Request.Headers.IfMatch.ToString(), out var one))
                version =
                    !one.IsWeak
                    && long.TryParse(
                        one.Tag.AsSpan(1, one.Tag.Length - 2),
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var named
                    )
                        ? named
                        : None;
            else
                problem = Problem.Malformed(
                    new FieldError("If-Match", "invalid_etag", "One strong ETag as it was given, quotes included.")
                );
        }
        return problem is null;
    }
}
