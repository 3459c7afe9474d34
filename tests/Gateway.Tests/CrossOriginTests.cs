using System.Net;
using CustomerFeedback.Settings;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Gateway.Tests;

public sealed class CrossOriginTests
{
    private static readonly Dictionary<string, string?> Shop = new(StringComparer.Ordinal)
    {
        ["Cors:Origins:0"] = "https://shop.example",
    };

    private static Task<HttpResponseMessage> Preflight(Gate gate, string origin) =>
        gate.Send(
            "OPTIONS",
            "/v1/requests",
            null,
            null,
            ("Origin", origin),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key")
        );

    private static string? Allowed(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;

    [Fact]
    public async Task A_page_of_a_named_origin_may_call_and_read_the_answer()
    {
        await using var backend = await Backend.Start("all");
        await using var gate = Gate.Before(backend, Shop);

        var preflight = await Preflight(gate, "https://shop.example");
        preflight.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Allowed(preflight).ShouldBe("https://shop.example");
        preflight.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();

        var li = TestTokens.For("li.wei", ["agent"]);
        var answer = await gate.Send("GET", "/v1/tickets", li, null, ("Origin", "https://shop.example"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Allowed(answer).ShouldBe("https://shop.example");
        backend.Seen.Count.ShouldBe(1, "the preflight is answered at the gate");
    }

    [Fact]
    public async Task Nobody_else_may()
    {
        await using var backend = await Backend.Start("all");
        await using var gate = Gate.Before(backend, Shop);
        await using var closed = Gate.Before(backend);

        Allowed(await Preflight(gate, "https://evil.example")).ShouldBeNull();
        Allowed(await Preflight(gate, "null")).ShouldBeNull();
        Allowed(await Preflight(closed, "https://shop.example")).ShouldBeNull();
    }

    [Theory]
    [InlineData("*")]
    [InlineData("shop.example")]
    [InlineData("https://shop.example/")]
    [InlineData("ftp://shop.example")]
    public void What_is_not_an_origin_stops_the_gateway_by_name(string origin) =>
        Should
            .Throw<SettingsException>(() =>
                new Gate(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Cors:Origins:0"] = origin })
            )
            .Message.ShouldContain("Cors:Origins");
}
