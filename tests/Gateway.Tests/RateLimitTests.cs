using System.Diagnostics;
using System.Net;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Http;

namespace CustomerFeedback.Gateway.Tests;

public sealed class RateLimitTests
{
    private static readonly string Li = TestTokens.For("li.wei", ["agent"]);
    private static readonly string Wang = TestTokens.For("wang.fang", ["lead"]);

    // So slow that no token comes back within a test.
    private static Gate Slow(Backend backend) => Gate.Before(backend, Limits.Of(0.001, 3, 0.001, 2));

    [Fact]
    public async Task A_client_that_asks_too_much_waits_and_others_do_not()
    {
        await using var backend = await Backend.Start("all");
        await using var gate = Slow(backend);
        for (var left = 2; left >= 0; left--)
        {
            var answer = await gate.Send("GET", "/v1/tickets", Li);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.GetValues("RateLimit-Policy").Single().ShouldBe("\"client\";q=3;w=3000");
            answer.Headers.GetValues("RateLimit").Single().ShouldStartWith($"\"client\";r={left};t=");
        }
        var refused = await gate.Send("GET", "/v1/tickets", Li);
        await refused.Problem(429, "rate_limited");
        refused.Headers.GetValues("RateLimit").Single().ShouldStartWith("\"client\";r=0;t=");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(900, 1000);
        backend.Seen.Count.ShouldBe(3);

        (await gate.Send("GET", "/v1/tickets", Wang)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gate.Send("GET", "/status/abc")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_shows_no_valid_token_counts_by_address()
    {
        await using var backend = await Backend.Start("all");
        await using var gate = Slow(backend);
        (await gate.Send("GET", "/status/abc")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gate.Send("GET", "/v1/tickets", "guess")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await (await gate.Send("GET", "/v1/tickets", "another guess")).Problem(429, "rate_limited");
        await (await gate.Send("GET", "/v1/nothing")).Problem(429, "rate_limited");
        // Nobody is believed about another address.
        await (await gate.Send("GET", "/status/abc", null, null, ("X-Forwarded-For", "203.0.113.7"))).Problem(
            429,
            "rate_limited"
        );
    }

    [Fact]
    public async Task A_proxy_that_is_named_is_believed_about_the_address()
    {
        await using var backend = await Backend.Start("all");
        var settings = Limits.Of(0.001, 3, 0.001, 1);
        settings["TrustedProxies:0"] = "127.0.0.0/8";
        await using var gate = Gate.Before(backend, settings);
        (await gate.Send("GET", "/status/abc", null, null, ("X-Forwarded-For", "203.0.113.7"))).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        (await gate.Send("GET", "/status/abc", null, null, ("X-Forwarded-For", "203.0.113.8"))).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        await (await gate.Send("GET", "/status/abc", null, null, ("X-Forwarded-For", "203.0.113.7"))).Problem(
            429,
            "rate_limited"
        );
    }

    [Fact]
    public async Task Health_is_never_limited()
    {
        await using var backend = await Backend.Start("all");
        await using var gate = Slow(backend);
        for (var i = 0; i < 20; i++)
            (await gate.Send("GET", "/livez")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void A_bucket_refills_with_time_up_to_its_burst_and_never_beyond()
    {
        var now = 0L;
        var buckets = new Buckets("client", new RateLimit { PerSecond = 2, Burst = 4 }, () => now);
        bool Take(string name) => buckets.Take(name, new HeaderDictionary());
        int Taken(string name) => Enumerable.Range(0, 20).Count(_ => Take(name));

        Taken("a").ShouldBe(4);
        now += Stopwatch.Frequency / 2;
        Taken("a").ShouldBe(1);
        now += Stopwatch.Frequency * 3 / 2;
        Taken("a").ShouldBe(3);
        now += Stopwatch.Frequency * 1000;
        Taken("a").ShouldBe(4);
        Taken("b").ShouldBe(4);
    }

    [Fact]
    public void Parallel_callers_get_exactly_what_is_there()
    {
        var buckets = new Buckets("client", new RateLimit { PerSecond = 1, Burst = 500 }, () => 0);
        var taken = 0;
        Parallel.For(
            0,
            5000,
            _ =>
            {
                if (buckets.Take("a", new HeaderDictionary()))
                    Interlocked.Increment(ref taken);
            }
        );
        taken.ShouldBe(500);
    }

    [Theory]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010DB800010002")]
    [InlineData("2001:db8:1:2::9", "20010DB800010002")]
    public void An_address_counts_as_the_network_that_one_household_has(string address, string name) =>
        Buckets.NameOf(IPAddress.Parse(address)).ShouldBe(name);
}
