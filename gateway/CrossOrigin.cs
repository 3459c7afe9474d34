using System.ComponentModel.DataAnnotations;
using CustomerFeedback.Settings;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Gateway;

/// <summary>Section <c>Cors</c>: which web pages of other origins may call the API from a browser.</summary>
internal sealed class CorsOriginOptions : IValidatableObject
{
    /// <summary>An origin, as https://shop.example, whose pages may call the API from a browser; none by default.</summary>
    public string[] Origins { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Origins
            .Select((origin, n) => (origin, n))
            .Where(one => !IsOrigin(one.origin))
            .Select(one => new ValidationResult(
                $"\"{one.origin}\" is not an origin such as https://shop.example.",
                [$"{nameof(Origins)}:{one.n}"]
            ));

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "http" or "https" }
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Lets browsers call from the origins that are named, and from no other.</summary>
internal static class CrossOrigin
{
    public static void AddCrossOrigin(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<CorsOriginOptions>("Cors").AddCors();
        builder
            .Services.AddOptions<CorsOptions>()
            .Configure<IOptions<CorsOriginOptions>>(
                (cors, named) =>
                    cors.AddDefaultPolicy(policy =>
                        policy
                            .WithOrigins(named.Value.Origins)
                            .AllowAnyMethod()
                            // Tokens travel in a header; cookies are not used, so credentials stay forbidden.
                            .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "traceparent")
                            .WithExposedHeaders(
                                "ETag",
                                "Location",
                                "Link",
                                "Retry-After",
                                "RateLimit",
                                "Idempotency-Replayed"
                            )
                            .SetPreflightMaxAge(TimeSpan.FromHours(1))
                    )
            );
    }
}
