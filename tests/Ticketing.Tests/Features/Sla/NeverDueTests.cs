using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>A target that its calendar has no time for would fail every request and ticket that it is for: it is refused, from whichever side it comes.</summary>
public sealed class NeverDueTests(World world) : IClassFixture<World>
{
    private const string Minute = """{"zone":"UTC","week":{"mon":["09:00-09:01"]} }""";

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static string Policy(string id, string calendar, string target) =>
        $$"""{"id":"{{id}}","order":10,"match":{"segment":"vip"},"calendar":"{{calendar}}","targets":{"first_contact":{"normal":"{{target}}"} } }""";

    private async Task<(HttpStatusCode Status, JsonNode Body)> Put(string path, string body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/sla/" + path) { Content = Json(body) };
        if (ifMatch is not null)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        using var answer = await world.Admin.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private static void IsRefused((HttpStatusCode Status, JsonNode Body) answer)
    {
        (answer.Status, (string)answer.Body["code"]!).ShouldBe((HttpStatusCode.UnprocessableEntity, "never_due"));
        ((string)answer.Body["errors"]![0]!["pointer"]!).ShouldBe("/targets/first_contact");
    }

    [Fact]
    public async Task A_policy_is_refused_on_a_calendar_that_opens_too_seldom()
    {
        (await Put("calendars/seldom", Minute)).Status.ShouldBe(HttpStatusCode.Created);

        IsRefused(await Put("policies/slow", Policy("slow", "seldom", "PT9H")));
        using var import = await world.Admin.PostAsync(
            "/v1/sla/policies:import?dryRun=true",
            Json(Policy("slow", "seldom", "PT9H"))
        );
        IsRefused((import.StatusCode, JsonNode.Parse(await import.Content.ReadAsStringAsync())!));
        // 520 weeks hold 8 h 40 min.
        (await Put("policies/slow", Policy("slow", "seldom", "PT8H"))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_calendar_is_refused_where_a_policy_needs_more()
    {
        (await Put("calendars/often", """{"zone":"UTC","week":{"mon":["09:00-17:00"]} }""")).Status.ShouldBe(
            HttpStatusCode.Created
        );
        (await Put("policies/quick", Policy("quick", "often", "PT9H"))).Status.ShouldBe(HttpStatusCode.Created);

        IsRefused(await Put("calendars/often", Minute, "\"1\""));
    }
}
