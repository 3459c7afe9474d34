using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>One thing wrong with the input: where (JSON pointer, or the name of a query parameter), a stable code, and words for people.</summary>
public sealed record FieldError(string Pointer, string Code, string Message);

/// <summary>Every refusal as RFC 9457 problem details with <c>code</c>, <c>traceId</c> and <c>errors</c>.</summary>
public static class Problem
{
    public static ProblemHttpResult Malformed(params IEnumerable<FieldError> errors) =>
        Refused(400, "malformed", "The request is not in the form that the API describes.", errors: errors);

    /// <summary>For a body that a slice reads itself with <see cref="StrictJson"/>.</summary>
    public static ProblemHttpResult Malformed(JsonException e) => Malformed(StrictJson.Explain(e));

    public static ProblemHttpResult NotFound() => Refused(404, "not_found", "There is nothing here for you.");

    public static ProblemHttpResult Stale() =>
        Refused(412, "stale", "It has changed since you read it: read it again and repeat with the new ETag.");

    public static ProblemHttpResult IfMatchMissing() =>
        Refused(428, "if_match_missing", "Say with If-Match which version you change.");

    /// <summary>A refusal with a stable code; <paramref name="more"/> adds members such as <c>allowed</c>.</summary>
    public static ProblemHttpResult Refused(
        int status,
        string code,
        string detail,
        IEnumerable<KeyValuePair<string, object?>>? more = null,
        IEnumerable<FieldError>? errors = null
    )
    {
        var details = new ProblemDetails
        {
            Type = $"/docs/problems#{code}",
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
        };
        details.Extensions["code"] = code;
        details.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString();
        details.Extensions["errors"] = errors?.ToArray() ?? [];
        foreach (var (name, value) in more ?? [])
            details.Extensions[name] = value;
        return TypedResults.Problem(details);
    }

    /// <summary>The answer for a bare status, as routing, authentication and limits give them.</summary>
    public static ProblemHttpResult Of(int status) =>
        status switch
        {
            400 => Malformed(),
            401 => Refused(401, "unauthenticated", "Send a valid token: Authorization: Bearer <JWT>."),
            403 => Refused(403, "forbidden", "Your roles or scopes do not allow this."),
            404 => NotFound(),
            405 => Refused(405, "method_not_allowed", "This path answers other methods: see Allow."),
            408 => Refused(408, "request_timeout", "The request arrived too slowly."),
            413 => Refused(413, "too_large", "The body is larger than this path accepts."),
            415 => Refused(415, "unsupported_media_type", "Send JSON as application/json, in UTF-8, not compressed."),
            429 => Refused(429, "rate_limited", "Too many requests: wait as Retry-After says."),
            431 => Refused(431, "headers_too_large", "The headers are too large."),
            502 => Refused(502, "bad_gateway", "The service behind the gateway gave no valid answer."),
            503 => Refused(503, "unavailable", "Not available just now: try again as Retry-After says."),
            504 => Refused(504, "timeout", "The service behind the gateway did not answer in time."),
            >= 500 => Refused(status, "internal_error", "Something failed on our side; the trace id finds it."),
            _ => Refused(status, "refused", ReasonPhrases.GetReasonPhrase(status)),
        };

    /// <summary>What any path may answer, whatever it is for: routing, limits, the gateway, and instances that come and go.</summary>
    public static IReadOnlyList<(int Status, string Code)> Anywhere { get; } =
    [
        .. ((int[])[400, 401, 403, 404, 405, 408, 413, 414, 415, 429, 431, 500, 502, 503, 504]).Select(status =>
            (status, (string)Of(status).ProblemDetails.Extensions["code"]!)
        ),
        (503, Draining),
        (503, NotReady),
    ];

    internal const string Draining = "draining";
    internal const string NotReady = "not_ready";

    /// <summary>What a failure means for the one who asked; neither stack, nor SQL, nor host names get out.</summary>
    internal static ProblemHttpResult From(Exception failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            if (IsRace(e))
                return Refused(409, "conflict", "Somebody else changed it at the same moment: read it and try again.");
            switch (e)
            {
                case BadHttpRequestException { InnerException: JsonException json }:
                    return Malformed(json);
                case BadHttpRequestException { StatusCode: 400 } bad:
                    return Malformed(new FieldError("", "unreadable", WithoutTypes(bad.Message)));
                case InvalidDataException { Source: "Microsoft.AspNetCore.WebUtilities" }: // a form with a NUL, or beyond its limits
                    return Malformed(new FieldError("", "unreadable", "The form cannot be read."));
                case BadHttpRequestException bad:
                    return Of(bad.StatusCode);
                case DbException { IsTransient: true } or DbException { SqlState: "25006" }: // a standby, for the moment
                case TimeoutException or KeysUnavailableException:
                    return Of(503);
                case DbException { SqlState: "22021" or "22P05" }: // a NUL or a broken character in a text
                    return Malformed(new FieldError("", "invalid_text", "A text holds a character that cannot be stored."));
            }
        }
        return Of(500);
    }

    // By name: this library knows nothing of EF.
    private static bool IsRace(Exception e) => e.GetType().Name == "DbUpdateConcurrencyException";

    private static string WithoutTypes(string message) =>
        message.Contains("body", StringComparison.Ordinal)
            ? "A JSON body is required."
            : "A parameter of the path or query is missing or has the wrong form.";
}
