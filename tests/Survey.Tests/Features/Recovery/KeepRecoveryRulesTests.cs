using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Survey.Tests.Features.Recovery;

public sealed class KeepRecoveryRulesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task New_rules_hold_from_the_next_answer_on()
    {
        var admin = world.As("root", ["admin"]);
        var rules = await World.Get(admin, "/v1/recovery-rules");
        ((int)rules["version"]!).ShouldBe(1);
        rules["rules"] = new JsonArray(
            JsonNode.Parse(
                """{ "id": "all-below-top", "on": "dimension", "name": "overall", "op": "<=", "value": 4, "department": "quality", "type": "suggestion" }"""
            )
        );
        (await Put(admin, rules, "\"9\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Put(admin, rules, "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var (_, token, _) = await world.Invited();
        using var answer = await world.Submit(token, new { overall = 4, attitude = 1 });
        var told = await world.Events("responseId", (string)(await World.Json(answer))["id"]!);

        told.Count.ShouldBe(2);
        told[1].Message.GetProperty("ruleId").GetString().ShouldBe("all-below-top");
        told[1].Message.GetProperty("rulesVersion").GetInt32().ShouldBe(2);
        told[1].Message.GetProperty("department").GetString().ShouldBe("quality");
        told[1].Message.GetProperty("type").GetString().ShouldBe("suggestion");
        (await world.Agent.PutAsJsonAsync("/v1/recovery-rules", rules)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        rules["rules"]![0]!["on"] = "weather";
        using var bad = await Put(admin, rules, "\"2\"");
        ((string)(await World.Json(bad))["errors"]![0]!["pointer"]!).ShouldBe("/rules/0/on");
    }

    private static async Task<HttpResponseMessage> Put(HttpClient by, JsonNode body, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/recovery-rules")
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await by.SendAsync(request);
    }
}
