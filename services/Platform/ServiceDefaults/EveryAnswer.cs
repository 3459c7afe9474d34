using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>Outermost: security headers on every answer, problem details for every failure and every bare status, route and status on the span.</summary>
internal sealed class EveryAnswer(RequestDelegate next, Lifecycle host, ILogger<EveryAnswer> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        Secure(http.Response.Headers);
        if (host.Draining)
            SendElsewhere(http);
        // HEAD is GET without the body, which the server leaves out. Pages answer HEAD themselves: a preview is no visit.
        if (
            HttpMethods.IsHead(http.Request.Method)
            && http.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)
        )
            http.Request.Method = HttpMethods.Get;
        try
        {
            if (Accept(http.Request))
                await next(http);
            else
                (http.Response.StatusCode, http.Response.Headers.AcceptEncoding) = (415, "identity");
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await Answer(http, Problem.Of(http.Response.StatusCode));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            var problem = Problem.From(e);
            if (problem.StatusCode >= 500)
                log.LogError(e, "{Route} failed", RouteOf(http));
            http.Response.Clear();
            if (host.Draining)
                SendElsewhere(http);
            await Answer(http, problem);
        }
        finally
        {
            if (Activity.Current is { } span && span.Source.HasListeners())
            {
                span.DisplayName = $"{http.Request.Method} {RouteOf(http)}";
                span.SetTag("http.route", RouteOf(http)).SetTag("http.response.status_code", http.Response.StatusCode);
            }
        }
    }

    private static string? RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    /// <summary>Whether the body comes in a form that is read here. A charset loses its quotes: the framework knows it only without.</summary>
    private static bool Accept(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is not ("" or "identity"))
            return false;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.Charset.Length == 0)
            return true;
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (charset.Length < type.Charset.Length)
        {
            type.Charset = charset;
            request.ContentType = type.ToString();
        }
        return charset.ToString().ToUpperInvariant() is "UTF-8" or "US-ASCII";
    }

    // Whoever balances connections and not requests would go on coming by this one until it is cut.
    private static void SendElsewhere(HttpContext http)
    {
        if (HttpProtocol.IsHttp11(http.Request.Protocol))
            http.Response.Headers.Connection = "close";
    }

    private static void Secure(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }

    private static Task Answer(HttpContext http, ProblemHttpResult problem)
    {
        Secure(http.Response.Headers);
        if (problem.StatusCode is 429 or 503 && http.Response.Headers.RetryAfter.Count == 0)
            http.Response.Headers.RetryAfter = "1";
        return problem.ExecuteAsync(http);
    }
}
