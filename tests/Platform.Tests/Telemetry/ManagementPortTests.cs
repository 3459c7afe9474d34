using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Platform.Tests.ServiceDefaults;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Settings;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Platform.Tests.Telemetry;

public sealed class ManagementPortTests : IDisposable
{
    private readonly int _port = Ports.Any();
    private readonly HttpClient _http = new();

    private string Management => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task It_tells_metrics_that_promtool_and_our_own_reader_understand()
    {
        await using var host = await Host();
        for (var i = 0; i < 3; i++)
            (await host.Send("GET", "/v1/work/7")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var text = "";
        // A request is counted when its answer is out.
        await Eventually.That(async () =>
        {
            using var answer = await _http.GetAsync($"{Management}/metrics");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentType?.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
            text = await answer.Content.ReadAsStringAsync();
            new MetricsPage(text)
                .Value(
                    "http_server_request_duration_seconds_count",
                    ("http_route", "/v1/work/{id}"),
                    ("http_request_method", "GET"),
                    ("http_response_status_code", "200")
                )
                .ShouldBe(3);
        });

        var page = new MetricsPage(text);
        page.Types["dotnet_process_cpu_time_seconds_total"].ShouldBe("counter");
        page.Types["dotnet_process_memory_working_set_bytes"].ShouldBe("gauge");
        page.Lines.ShouldAllBe(line => !line.Labels.Values.Any(value => value.Contains("/work/7")));
        var (code, output) = await Promtool.Run(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["stdin"] = text },
            "check",
            "metrics"
        );
        // It also has opinions about names that the runtime chose.
        code.ShouldBeOneOf([0, 3], output);
        output.ShouldNotContain("error while linting");
    }

    [Fact]
    public async Task It_answers_probes_with_each_check_and_nothing_else_and_the_API_knows_no_metrics()
    {
        var broken = false;
        await using var host = await Host(b =>
        {
            b.Services.AddSingleton(new ReadinessCheck("well", (_, _) => Task.CompletedTask));
            b.Services.AddSingleton(
                new ReadinessCheck(
                    "fragile",
                    (_, _) => broken ? throw new InvalidOperationException("broken pipe") : Task.CompletedTask
                )
            );
        });

        foreach (var path in (string[])["/livez", "/startupz", "/readyz", "/metrics"])
            (await Status(path)).ShouldBe(HttpStatusCode.OK, path);
        foreach (var path in (string[])["/", "/v1/work/7", "/openapi.json", "/metrics/", "/readyz/x"])
            (await Status(path)).ShouldBe(HttpStatusCode.NotFound, path);
        using (var posted = await _http.PostAsync($"{Management}/metrics", null))
            posted.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await (await host.Send("GET", "/metrics")).Problem(404, "not_found");
        (await host.Send("GET", "/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);

        broken = true;
        using var answer = await _http.GetAsync($"{Management}/readyz");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var readiness = await answer.Content.ReadFromJsonAsync<JsonElement>();
        readiness.GetProperty("status").GetString().ShouldBe("not_ready");
        var checks = readiness
            .GetProperty("checks")
            .EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!, c => c);
        checks["well"].GetProperty("status").GetString().ShouldBe("ok");
        checks["fragile"].GetProperty("status").GetString().ShouldBe("failed");
        checks["fragile"].GetProperty("error").GetString().ShouldBe("broken pipe");
    }

    [Fact]
    public async Task Beside_HTTP_PORTS_it_is_one_port_more()
    {
        var api = Ports.Any();
        using var issuer = new Issuer();
        var builder = TinyHost.Builder(issuer);
        builder.WebHost.UseSetting("urls", "");
        builder.WebHost.UseSetting("http_ports", string.Create(CultureInfo.InvariantCulture, $"{api}"));
        builder.Configuration["Management:Url"] = string.Create(CultureInfo.InvariantCulture, $"http://*:{_port}");
        await using var host = builder.Build();
        host.UseServiceDefaults();
        await host.StartAsync();

        (await Status("/livez")).ShouldBe(HttpStatusCode.OK);
        using var alive = await _http.GetAsync($"http://127.0.0.1:{api}/livez");
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("8081")]
    [InlineData("http:/x")]
    [InlineData("https://*:8081")]
    [InlineData("http://*:8081/metrics")]
    [InlineData("http://*:99999")]
    public async Task An_address_that_is_none_stops_the_host_and_is_named(string url)
    {
        var failure = await Should.ThrowAsync<SettingsException>(() =>
            TinyHost.Start(_ => { }, configure: b => b.Configuration["Management:Url"] = url)
        );

        failure.Message.ShouldStartWith("Setting Management:Url: ");
    }

    [Fact]
    public async Task The_port_of_the_API_is_not_for_management()
    {
        var failure = await Should.ThrowAsync<SettingsException>(() =>
            TinyHost.Start(
                _ => { },
                configure: b =>
                {
                    b.WebHost.UseUrls(Management);
                    b.Configuration["Management:Url"] = Management;
                }
            )
        );

        failure.Message.ShouldStartWith("Setting Management:Url: ");
    }

    private async Task<HttpStatusCode> Status(string path)
    {
        using var answer = await _http.GetAsync(Management + path);
        return answer.StatusCode;
    }

    private Task<TinyHost> Host(Action<WebApplicationBuilder>? more = null) =>
        TinyHost.Start(
            app => app.MapGet("/v1/work/{id}", (string id) => id),
            [new("GET", "/v1/work/{id}")],
            b =>
            {
                b.Configuration["Management:Url"] = Management;
                more?.Invoke(b);
            }
        );
}
