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
        var received = await Told();

        received.ShouldContain(r =>
            r.Path == "/v1/traces" && r.Body.Contains("/status/{token}", StringComparison.Ordinal)
        );
        received.ShouldContain(r => r.Body.Contains("http.route", StringComparison.Ordinal));
        received.ShouldAllBe(r => !r.Body.Contains("c2VjcmV0LXRva2Vu", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_sampler_leaves_out_does_not_arrive_and_metrics_do()
    {
        Environment.SetEnvironmentVariable("OTEL_TRACES_SAMPLER", "always_off");
        try
        {
            (await Told()).ShouldNotContain(r => r.Path == "/v1/traces");
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_TRACES_SAMPLER", null);
        }
    }

    /// <summary>What a host tells a collector of one request until it has stopped.</summary>
    private static async Task<IReadOnlyCollection<(string Path, string Body)>> Told()
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
                    r.Path == "/v1/metrics" && r.Body.Contains("http.server.request.duration", StringComparison.Ordinal)
                )
            );
            return received;
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", null);
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
        }
    }

    [Theory]
    [InlineData("http://ticketing:8080/status/abc?x=1", "http://ticketing:8080/status/{...}")]
    [InlineData("http://survey/s/abc", "http://survey/s/{...}")]
    [InlineData("http://intake/v1/requests/13800001234", "http://intake/v1/requests/{...}")]
    [InlineData("http://intake/v1/requests?phone=1", "http://intake/v1/requests/{...}")]
    [InlineData("https://issuer.example", "https://issuer.example/{...}")]
    [InlineData("/status/abc", null)]
    public void A_span_of_a_call_keeps_of_the_address_what_is_ours(string address, string? kept)
    {
        using var span = new Activity("GET").SetTag("url.full", address).Start();
        using var processor = new RoutesNotPaths();
        processor.OnEnd(span);
        span.GetTagItem("url.full").ShouldBe(kept);
    }

    [Theory]
    [InlineData("/status/{token}")]
    [InlineData(null)]
    public void A_span_of_a_request_keeps_the_route_and_nothing_of_the_caller(string? route)
    {
        using var source = new ActivitySource("tests");
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == source.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var span = source.StartActivity("GET", ActivityKind.Server).ShouldNotBeNull();
        string[] tags = ["url.path", "url.query", "user_agent.original", "client.address", "network.peer.address"];
        foreach (var tag in tags)
            span.SetTag(tag, "secret");
        span.SetTag("http.route", route);
        using var processor = new RoutesNotPaths();
        processor.OnEnd(span);
        span.GetTagItem("url.path").ShouldBe(route);
        span.TagObjects.ShouldAllBe(tag => !Equals(tag.Value, "secret"));
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
