using System.Net;
using System.Net.Sockets;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class HealthTests
{
    private static Task<TinyHost> On(string connectionString) =>
        TinyHost.Start(_ => { }, configure: b => b.AddDatabaseReadiness(_ => new NpgsqlConnection(connectionString)));

    [Fact]
    public async Task With_its_database_a_host_is_alive_started_and_ready()
    {
        await using var host = await On((await TestServers.Shared()).Postgres);
        foreach (var path in (string[])["/livez", "/startupz"])
            (await host.Send("GET", path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        // A busy machine may need longer for its first connection than readiness has patience for.
        await Eventually.That(async () => (await host.Send("GET", "/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK));
    }

    [Fact]
    public async Task Without_its_database_it_lives_but_is_not_ready_and_names_no_host()
    {
        await using var host = await On("Host=127.0.0.1;Port=1;Username=u;Password=hunter2;Database=d");
        (await host.Send("GET", "/livez")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await host.Send("GET", "/readyz")).Problem(503, "not_ready")).ToString().ShouldNotContain("127.0.0.1");
    }

    [Fact]
    public async Task A_database_that_hangs_makes_it_unready_and_not_slow()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var host = await On(
            $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=u;Database=d;Timeout=60"
        );
        await (await host.Send("GET", "/readyz").WaitAsync(TimeSpan.FromSeconds(20))).Problem(503, "not_ready");
    }

    [Fact]
    public async Task Told_to_stop_it_first_says_not_ready_and_still_answers_who_comes()
    {
        await using var host = await TinyHost.Start(
            app =>
            {
                app.MapGet("/v1/work", () => "done");
                app.MapGet("/v1/slip", string () => throw new InvalidOperationException("a slip"));
            },
            [new("GET", "/v1/work"), new("GET", "/v1/slip")],
            b => b.Configuration["Drain:Delay"] = "00:00:30"
        );
        (await host.Send("GET", "/v1/work")).Headers.ConnectionClose.ShouldNotBe(true);
        using var impatient = new CancellationTokenSource();
        var stopping = host.Services.GetRequiredService<IHost>().StopAsync(impatient.Token);
        await Eventually.That(async () => await (await host.Send("GET", "/readyz")).Problem(503, "draining"));
        foreach (
            var (path, status) in ((string, HttpStatusCode)[])
                [("/v1/work", HttpStatusCode.OK), ("/v1/slip", HttpStatusCode.InternalServerError)]
        )
        {
            using var answer = await host.Send("GET", path);
            answer.StatusCode.ShouldBe(status);
            answer.Headers.ConnectionClose.ShouldBe(true, path); // and the next request seeks another host
        }

        stopping.IsCompleted.ShouldBeFalse();
        await impatient.CancelAsync();
        await stopping.ShouldThrowAsync<Exception>();
    }
}
