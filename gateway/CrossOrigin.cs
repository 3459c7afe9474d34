namespace CustomerFeedback.Gateway;

/// <summary>Which web pages of other origins may call the API from a browser: those that <c>Cors:Origins</c> names, by default none.</summary>
internal static class CrossOrigin
{
    public static void AddCrossOrigin(this WebApplicationBuilder builder)
    {
        var origins = builder.Configuration.GetSection("Cors:Origins").Get<string[]>() ?? [];
        if (origins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong)
            throw new InvalidOperationException(
                $"Cors:Origins: '{wrong}' is not an origin such as https://shop.example."
            );

        builder.Services.AddCors(cors =>
            cors.AddDefaultPolicy(policy =>
                policy
                    .WithOrigins(origins)
                    .AllowAnyMethod()
                    // Tokens travel in a header; cookies are not used, so credentials stay forbidden.
                    .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "traceparent")
                    .WithExposedHeaders("ETag", "Location", "Link", "Retry-After", "RateLimit", "Idempotency-Replayed")
                    .SetPreflightMaxAge(TimeSpan.FromHours(1))
            )
        );
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "http" or "https" }
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);
}
