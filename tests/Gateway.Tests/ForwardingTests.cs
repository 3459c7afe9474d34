using System.Net;
using System.Net.Sockets;
using System.Text;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Http;

namespace CustomerFeedback.Gateway.Tests;

public sealed class ForwardingTests : IAsyncLifetime
{
    private static readonly string Token = TestTokens.For("shop", ["integration", "agent", "admin"]);
    private Backend backend = null!;
    private Gate gate = null!;

    public async ValueTask InitializeAsync()
    {
        backend = await Backend.Start("all");
        gate = Gate.Before(backend, Limits.None);
    }

    public async ValueTask DisposeAsync()
    {
        await gate.DisposeAsync();
        await backend.DisposeAsync();
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    [Fact]
    public async Task A_request_and_its_answer_pass_unchanged()
    {
        backend.Instead = async http =>
        {
            http.Response.StatusCode = 201;
            http.Response.Headers.Location = "/v1/requests/R26-0000001";
            http.Response.Headers.ETag = "\"1\"";
            http.Response.Headers["Idempotency-Replayed"] = "true";
            http.Response.ContentType = "application/json; charset=utf-8";
            await http.Response.WriteAsync("""{"subject":"订单漏发"}""");
        };
        var answer = await gate.Send(
            "POST",
            "/v1/requests?x=%E8%AE%A2&y=a+b",
            Token,
            Json("""{"subject":"订单漏发"}"""),
            ("Idempotency-Key", "k-1"),
            ("If-Match", "\"7\"")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await answer.Text()).ShouldBe("""{"subject":"订单漏发"}""");
        answer.Headers.Location!.OriginalString.ShouldBe("/v1/requests/R26-0000001");
        answer.Headers.ETag!.Tag.ShouldBe("\"1\"");
        answer.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.CacheControl!.ToString().ShouldBe("no-store");
        answer.Headers.Contains("Server").ShouldBeFalse();
        var seen = backend.Seen.ShouldHaveSingleItem();
        seen.Path.ShouldBe("/v1/requests?x=%E8%AE%A2&y=a+b");
        seen.Body.ShouldBe("""{"subject":"订单漏发"}""");
        seen.Headers["Idempotency-Key"].ToString().ShouldBe("k-1");
        seen.Headers.IfMatch.ToString().ShouldBe("\"7\"");
        seen.Headers.Authorization.ToString().ShouldBe($"Bearer {Token}");
        seen.Headers.TraceParent.ToString().ShouldStartWith("00-");
    }

    [Fact]
    public async Task A_header_in_Chinese_reaches_the_service()
    {
        const string browser = "Mozilla/5.0 (Linux) 微信/8.0 MicroMessenger";
        using var phone = new HttpClient(
            new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gate.Client.BaseAddress!, "/status/xyz"));
        request.Headers.TryAddWithoutValidation("User-Agent", browser);

        using var answer = await phone.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        backend.Seen.ShouldHaveSingleItem().Headers.UserAgent.ToString().ShouldBe(browser);
    }

    [Fact]
    public async Task HEAD_is_asked_as_GET_and_answered_without_a_body()
    {
        var answer = await gate.Send("HEAD", "/v1/tickets", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        backend.Seen.ShouldHaveSingleItem().Method.ShouldBe("GET");
    }

    [Fact]
    public async Task A_refusal_of_the_service_passes_unchanged()
    {
        backend.Instead = async http =>
        {
            http.Response.StatusCode = 503;
            http.Response.ContentType = "application/problem+json";
            await http.Response.WriteAsync("""{"code":"unavailable"}""");
        };
        var answer = await gate.Send("POST", "/v1/requests", Token, Json("{}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Text()).ShouldBe("""{"code":"unavailable"}""");
        backend.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_only_a_proxy_may_say_is_not_passed_on()
    {
        string[] names =
        [
            "Forwarded",
            "X-Forwarded-User",
            "X-Real-IP",
            "X-Original-URL",
            "X-User",
            "X-Roles",
            "X-HTTP-Method-Override",
            "X-Forwarded-Port",
        ];
        await gate.Send(
            "GET",
            "/v1/tickets",
            Token,
            null,
            [
                .. names.Select(n => (n, "evil")),
                ("X-Forwarded-For", "203.0.113.7"),
                ("X-Forwarded-Host", "evil.test"),
                ("X-Forwarded-Proto", "gopher"),
            ]
        );

        var headers = backend.Seen.ShouldHaveSingleItem().Headers;
        foreach (var name in names)
            headers.ContainsKey(name).ShouldBeFalse(name);
        headers["X-Forwarded-For"].ToString().ShouldBeOneOf("127.0.0.1", "::1", "::ffff:127.0.0.1");
        headers["X-Forwarded-Host"].ToString().ShouldNotContain("evil");
        headers["X-Forwarded-Proto"].ToString().ShouldBe("http");
    }

    [Fact]
    public async Task Every_answer_says_that_https_is_to_be_used() =>
        (await gate.Send("GET", "/v1/tickets", Token)).Headers.Contains("Strict-Transport-Security").ShouldBeTrue();

    [Fact]
    public async Task More_than_64_KB_is_413_and_does_not_reach_the_service()
    {
        var answer = await gate.Send("POST", "/v1/requests", Token, Json(new string('x', 70_000)));
        await answer.Problem(413, "too_large");
        backend.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_than_64_KB_without_a_declared_length_is_413_too()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/requests")
        {
            Content = Json(new string('x', 200_000)),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Authorization = new("Bearer", Token);
        await (await gate.Client.SendAsync(request)).Problem(413, "too_large");
        backend.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_import_may_be_larger()
    {
        var answer = await gate.Send("POST", "/v1/imports", Token, new ByteArrayContent(new byte[3_000_000]));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        backend.Seen.ShouldHaveSingleItem().Body.Length.ShouldBe(3_000_000);
    }

    [Theory]
    [InlineData(
        "POST /v1/requests HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    )]
    [InlineData("POST /v1/requests HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")]
    [InlineData("GET /v1/tickets HTTP/1.1\r\nHost: x\r\nX-A: b\r\n folded\r\n\r\n")]
    [InlineData("GET /v1/tickets HTTP/1.1\r\nHost : x\r\n\r\n")]
    [InlineData("POST /v1/requests HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("GET /v1/tickets%00 HTTP/1.1\r\nHost: x\r\n\r\n")]
    public async Task A_message_that_two_readers_could_read_differently_is_refused(string message)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gate.Client.BaseAddress!.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes(message.Replace("Host: x\r\n", $"Host: x\r\nAuthorization: Bearer {Token}\r\n"))
        );
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).ShouldNotBeNull().ShouldMatch("^HTTP/1.1 (400|501) ");
        backend.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Too_many_headers_are_431()
    {
        var answer = await gate.Send("GET", "/v1/tickets", Token, null, ("X-Long", new string('x', 40_000)));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_is_504()
    {
        var settings = new Dictionary<string, string?>(Limits.None, StringComparer.Ordinal)
        {
            ["ReverseProxy:Clusters:intake:HttpRequest:ActivityTimeout"] = "00:00:01",
        };
        await using var impatient = Gate.Before(backend, settings);
        backend.Instead = http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        await (await impatient.Send("POST", "/v1/requests", Token, Json("{}"))).Problem(504, "timeout");
        backend.Seen.Count.ShouldBe(1);
    }
}
