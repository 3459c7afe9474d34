using System.Net;
using System.Text;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Gateway.Tests;

public sealed class RedispatchTests : IAsyncLifetime
{
    private static readonly string Token = TestTokens.For("shop", ["integration", "agent"]);
    private Backend one = null!;
    private Backend two = null!;
    private Gate gate = null!;

    public async ValueTask InitializeAsync()
    {
        one = await Backend.Start("one");
        two = await Backend.Start("two");
        gate = new Gate(Limits.None, ("intake", [one.Address, two.Address]));
    }

    public async ValueTask DisposeAsync()
    {
        await gate.DisposeAsync();
        await one.DisposeAsync();
        await two.DisposeAsync();
    }

    private Task<HttpResponseMessage> Post(string? key = null) =>
        gate.Send(
            "POST",
            "/v1/requests",
            Token,
            new StringContent("""{"a":1}""", Encoding.UTF8, "application/json"),
            key is null ? [] : [("Idempotency-Key", key)]
        );

    [Fact]
    public async Task While_both_live_both_work()
    {
        for (var i = 0; i < 100; i++)
            (await gate.Send("GET", "/v1/requests", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        one.Seen.Count.ShouldBeGreaterThan(0);
        two.Seen.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_replica_that_is_gone_is_noticed_by_no_client_and_used_again_when_it_is_back()
    {
        await one.Down();
        for (var i = 0; i < 50; i++)
        {
            var answer = i % 2 == 0 ? await Post() : await gate.Send("GET", "/v1/requests", Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Text());
        }
        two.Seen.Count.ShouldBe(50);
        two.Seen.Where(s => s.Method == "POST").ShouldAllBe(s => s.Body == """{"a":1}""");

        one.Seen.Clear();
        await one.UpAgain();
        await Eventually.That(async () =>
        {
            (await gate.Send("GET", "/v1/requests", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
            one.Seen.ShouldNotBeEmpty();
        });
    }

    [Fact]
    public async Task When_none_is_left_it_is_503_until_one_is_back()
    {
        await one.Down();
        await two.Down();
        await (await Post()).Problem(503, "unavailable");
        await (await gate.Send("GET", "/v1/requests", Token)).Problem(503, "unavailable");
        await one.UpAgain();
        await Eventually.That(async () => (await Post()).StatusCode.ShouldBe(HttpStatusCode.OK));
    }

    /// <summary>Both break every connection after having read the request; the one that is asked second answers.</summary>
    private void BreakTheFirst()
    {
        var broken = 0;
        one.Instead = two.Instead = http =>
        {
            if (Interlocked.Exchange(ref broken, 1) == 0)
                http.Abort();
            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task A_read_that_broke_off_is_asked_elsewhere()
    {
        BreakTheFirst();
        (await gate.Send("GET", "/v1/requests", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (one.Seen.Count + two.Seen.Count).ShouldBe(2);
    }

    [Fact]
    public async Task A_POST_with_a_key_that_broke_off_is_repeated_elsewhere_with_its_body()
    {
        BreakTheFirst();
        (await Post("k-1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        one.Seen.ShouldHaveSingleItem().Body.ShouldBe("""{"a":1}""");
        two.Seen.ShouldHaveSingleItem().Body.ShouldBe("""{"a":1}""");
        two.Seen.Single().Headers["Idempotency-Key"].ToString().ShouldBe("k-1");
    }

    [Fact]
    public async Task A_POST_without_a_key_that_broke_off_is_never_sent_twice()
    {
        BreakTheFirst();
        await (await Post()).Problem(502, "bad_gateway");
        (one.Seen.Count + two.Seen.Count).ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_is_cut_off_is_not_sent_on()
    {
        // The client promises more than it sends and goes away: neither replica may take the part for the whole.
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gate.Client.BaseAddress!.Port);
        await using (var stream = client.GetStream())
        {
            var head =
                $"POST /v1/requests HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Token}\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"a\":";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        }
        client.Close();
        (await Post()).StatusCode.ShouldBe(HttpStatusCode.OK);
        (one.Seen.Count + two.Seen.Count).ShouldBe(1);
    }

    [Fact]
    public async Task A_service_that_is_away_takes_its_own_paths_with_it_and_no_others()
    {
        await using var away = await Backend.Start("away");
        await using var there = await Backend.Start("there");
        await away.Down();
        await using var front = new Gate(
            Limits.None,
            [
                ("ticketing", [away.Address]),
                .. ((string[])["intake", "survey", "analytics", "notifications"]).Select(c =>
                    (c, new[] { there.Address })
                ),
            ]
        );
        await Eventually.That(async () => (await front.Send("GET", "/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK));
        (await front.Send("GET", "/v1/tickets", Token)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await front.Send("GET", "/v1/requests", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ready_means_that_somebody_can_be_reached()
    {
        await using var third = await Backend.Start("all");
        await using var whole = Gate.Before(third, Limits.None);
        await Eventually.That(async () => (await whole.Send("GET", "/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK));
        await third.Down();
        await Eventually.That(async () => await (await whole.Send("GET", "/readyz")).Problem(503, "not_ready"));
        (await whole.Send("GET", "/livez")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await whole.Send("GET", "/startupz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await third.UpAgain();
        await Eventually.That(async () => (await whole.Send("GET", "/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK));
    }

    [Fact]
    public void A_cluster_without_an_address_stops_the_gateway_and_is_named()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        Should
            .Throw<Exception>(() => new Gate(settings, ("survey", [""])))
            .ToString()
            .ShouldContain("ReverseProxy:Clusters:survey:Destinations");
    }
}
