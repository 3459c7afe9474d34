using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Gateway;

/// <summary>/docs: the API to read and try, and /docs/problems: every code that a problem's <c>type</c> points to.</summary>
internal static class Docs
{
    private const string Style =
        "body{font:1rem/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}li{font-family:monospace}";

    // Everything comes from here; the one style that is written into a page is named by its hash.
    private static readonly string Policy =
        "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + $"style-src 'self' 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UseDocs(this WebApplication app)
    {
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase),
            docs =>
                docs.Use(
                        (http, next) =>
                        {
                            http.Response.Headers.ContentSecurityPolicy = Policy;
                            return next(http);
                        }
                    )
                    .UseSwaggerUI(o =>
                    {
                        o.RoutePrefix = "docs";
                        o.DocumentTitle = "CustomerFeedback API";
                        o.SwaggerEndpoint("/openapi.json", "CustomerFeedback");
                        o.ConfigObject.PersistAuthorization = false;
                        o.EnableDeepLinking();
                        o.DisplayRequestDuration();
                    })
        );
        app.MapGet("/docs/problems", Problems).ExcludeFromDescription();
    }

    private static async Task<IResult> Problems(MergedOpenApi openApi, CancellationToken ct)
    {
        var told =
            from path in (await openApi.Document(ct))["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            from response in operation.Value!["responses"]?.AsObject() ?? []
            from code in response.Value?["x-problem-codes"]?.AsArray().OfType<JsonValue>() ?? []
            select (
                Code: code.GetValue<string>(),
                Status: response.Key,
                Use: $"{operation.Key.ToUpperInvariant()} {path.Key}"
            );
        var anywhere = Problem.Anywhere.Select(p =>
            (p.Code, Status: p.Status.ToString(CultureInfo.InvariantCulture), Use: "any path")
        );
        var codes = told.Concat(anywhere)
            .GroupBy(use => (use.Code, use.Status), use => use.Use)
            .OrderBy(uses => uses.Key.Status, StringComparer.Ordinal)
            .ThenBy(uses => uses.Key.Code, StringComparer.Ordinal);
        // One code may come with two statuses: a link leads to the first.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var page = new StringBuilder(
            $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Problem codes</title><style>{Style}</style>
            <h1>Problem codes</h1><p>Every refusal is <code>application/problem+json</code> (RFC 9457); programs read <code>code</code>, people <code>detail</code>.</p>
            """
        );
        foreach (var uses in codes)
        {
            var code = WebUtility.HtmlEncode(uses.Key.Code);
            page.Append(
                $"<section{(seen.Add(code) ? $" id=\"{code}\"" : "")}><h2>{uses.Key.Status} {code}</h2><details><summary>{uses.Distinct().Count()} operations</summary><ul>"
            );
            foreach (var use in uses.Distinct())
                page.Append($"<li>{WebUtility.HtmlEncode(use)}</li>");
            page.Append("</ul></details></section>");
        }
        return Results.Content(page.ToString(), "text/html; charset=utf-8");
    }
}
