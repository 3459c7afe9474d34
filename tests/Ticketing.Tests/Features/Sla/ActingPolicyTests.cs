using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>A policy whose ladder acts, at each door that takes one.</summary>
public sealed class ActingPolicyTests(World world) : IClassFixture<World>
{
    private static string Policy(string id, string action) =>
        $$"""
            {"id":"{{id}}","order":900,"match":{"segment":"vip"},"calendar":"always","targets":{"first_contact":{"normal":"PT1H"} },
             "escalation":[{"at":0.5,"to":"assignee"},{"at":1,"to":"lead","action":"{{action}}"}]}
            """;

    private static StringContent Json(string body, string type = "application/json") => new(body, Encoding.UTF8, type);

    private static async Task<JsonNode> Body(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    [Fact]
    public async Task What_was_put_is_read_back()
    {
        using var put = await world.Admin.PutAsync("/v1/sla/policies/acts", Json(Policy("acts", "reassign")));
        put.StatusCode.ShouldBe(HttpStatusCode.Created, await put.Content.ReadAsStringAsync());
        var read = (await world.Admin.GetFromJsonAsync<JsonNode>("/v1/sla/policies/acts"))!;
        read["escalation"]!
            .ToJsonString()
            .ShouldBe("""[{"at":0.5,"to":"assignee"},{"at":1,"to":"lead","action":"reassign"}]""");
    }

    [Theory]
    [InlineData("webhook", "Webhooks do not exist yet: a step can notify, reassign, raise_urgency.")]
    [InlineData("Reassign", "'Reassign' is not one of notify, reassign, raise_urgency.")]
    public async Task Other_actions_are_refused_with_their_place(string action, string message)
    {
        using var put = await world.Admin.PutAsync("/v1/sla/policies/wrong", Json(Policy("wrong", action)));
        put.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await Body(put))["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)error["pointer"]!, (string)error["code"]!, (string)error["message"]!).ShouldBe(
            ("/escalation/1/action", "unknown_value", message)
        );
    }

    [Fact]
    public async Task A_file_with_scenarios_may_have_one()
    {
        const string yaml = """
            id: from-file
            order: 900
            match: { segment: vip }
            calendar: always
            targets:
              first_contact: { normal: PT1H, urgent: PT30M }
            escalation:
              - { at: 0.5, to: lead, action: raise_urgency }
              - { after: PT30M, to: manager, action: reassign }
            scenarios:
              - name: what the ladder does is not played
                given: { segment: vip, receivedAt: 2026-03-02T09:00:00+08:00 }
                expect:
                  - { clock: first_contact, dueAt: 2026-03-02T10:00:00+08:00, at: 2026-03-02T09:40:00+08:00 }
            """;
        using var answer = await world.Admin.PostAsync(
            "/v1/sla/policies:import?dryRun=true",
            Json(yaml, "application/yaml")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        ((string)(await Body(answer))["policy"]!["escalation"]![0]!["action"]!).ShouldBe("raise_urgency");
    }

    [Fact]
    public async Task A_draft_with_one_is_simulated()
    {
        using var answer = await world.Admin.PostAsJsonAsync(
            "/v1/sla/simulate",
            new
            {
                policy = JsonNode.Parse(Policy("draft", "raise_urgency")),
                from = world.Now.AddDays(-1),
                to = world.Now,
            }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }
}
