using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerFeedback.Messaging;

/// <summary>Refusals of this library's endpoints, in the members of the API's problem+json.</summary>
internal static class Refusal
{
    public static IResult Of(int status, string code, string detail, object? errors = null) =>
        TypedResults.Problem(
            detail,
            statusCode: status,
            title: ReasonPhrases.GetReasonPhrase(status),
            type: $"/docs/problems#{code}",
            extensions: new Dictionary<string, object?>
            {
                ["code"] = code,
                ["traceId"] = Activity.Current?.TraceId.ToString(),
                ["errors"] = errors ?? Array.Empty<object>(),
            }
        );

    public static IResult Malformed(string pointer, string code, string message) =>
        Of(
            StatusCodes.Status400BadRequest,
            "malformed",
            message,
            new[]
            {
                new
                {
                    pointer,
                    code,
                    message,
                },
            }
        );
}
