using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using CustomerFeedback.Platform.Tests.ServiceDefaults;
using CustomerFeedback.Telemetry;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerFeedback.Platform.Tests.Telemetry;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_and_metrics_arrive_where_the_endpoint_says_and_hold_no_link()
    {
        var received = new ConcurrentBag<(string Path, string Body)>();
        var collector = WebApplication.CreateSlimBuilder();
        collector.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collecting = collector.Build();
        collecting.MapPost(
            "/{**path}",
            async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                received.Add((request.Path, Encoding.Latin1.GetString(body.ToArray())));
            }
        );
        await collecting.StartAsync();
        // The exporter reads its endpoint from the environment, as every OpenTelemetry SDK does.
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", collecting.Urls.First());
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        try
        {
            await using (var host = await TinyHost.Start(app => app.MapGet("/status/{token}", () => "page")))
            {
                (await host.Send("GET", "/status/c2VjcmV0LXRva2Vu")).StatusCode.ShouldBe(HttpStatusCode.OK);
                await host.Stop();
            }

            await Eventually.That(() =>
                received.Any(r =>
                    r.Path == "/v1/traces" && r.Body.Contains("/status/{token}", StringComparison.Ordinal)
                )
            );
            received.ShouldContain(r =>
                r.Path == "/v1/metrics" && r.Body.Contains("http.server.request.duration", StringComparison.Ordinal)
            );
            received.ShouldContain(r => r.Body.Contains("http.route", StringComparison.Ordinal));
            received.ShouldAllBe(r => !r.Body.Contains("c2VjcmV0LXRva2Vu", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", null);
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
        }
    }

    [Theory]
    [InlineData("/status/abc", "/status/{token}")]
    [InlineData("/status/abc/confirmation", "/status/{token}/confirmation")]
    [InlineData("http://ticketing:8080/status/abc?x=1", "http://ticketing:8080/status/{token}?x=1")]
    [InlineData("/s/abc", "/s/{token}")]
    [InlineData("/v1/survey-links/abc/answers", "/v1/survey-links/{token}/answers")]
    [InlineData("/v1/requests/R26-0000001", "/v1/requests/R26-0000001")]
    public void A_span_keeps_its_path_without_the_secret(string path, string kept)
    {
        using var span = new Activity("GET").SetTag("url.path", path).SetTag("url.full", path).Start();
        using var processor = new RoutesNotLinks();
        processor.OnEnd(span);
        span.GetTagItem("url.path").ShouldBe(kept);
        span.GetTagItem("url.full").ShouldBe(kept);
    }

    [Fact]
    public void A_log_line_is_one_line_of_JSON_without_the_path_of_the_request()
    {
        using var span = new Activity("GET").Start();
        using var text = new StringWriter();
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push("RequestPath:/status/c2VjcmV0LXRva2Vu");
        List<KeyValuePair<string, object?>> state =
        [
            new("Route", "/a\r\n{\"level\":\"forged\"}"),
            new("{OriginalFormat}", "{Route} failed"),
        ];
        new JsonLines().Write(
            new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
                LogLevel.Error,
                "Category",
                default,
                state,
                new InvalidOperationException("why"),
                (s, _) => $"{s[0].Value} failed"
            ),
            scopes,
            text
        );

        var line = text.ToString().TrimEnd('\n', '\r');
        line.ShouldNotContain("\n");
        line.ShouldNotContain("c2VjcmV0LXRva2Vu");
        var json = JsonDocument.Parse(line).RootElement;
        json.GetProperty("level").GetString().ShouldBe("Error");
        json.GetProperty("traceId").GetString().ShouldBe(span.TraceId.ToHexString());
        json.GetProperty("data").GetProperty("route").GetString().ShouldBe("/a\r\n{\"level\":\"forged\"}");
        json.GetProperty("exception").GetString().ShouldNotBeNull().ShouldContain("why");
    }
}
