using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Staffing;

public sealed class StaffingTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_team_is_created_seen_and_changed_by_its_version()
    {
        var path = "/v1/teams/night";
        using var created = await Put(path, new { name = new Dictionary<string, string> { ["en"] = "Night" } });
        created.StatusCode.ShouldBe(HttpStatusCode.Created);

        (await Put(path, new { name = new Dictionary<string, string> { ["en"] = "x" } })).StatusCode.ShouldBe(
            HttpStatusCode.PreconditionRequired
        );
        (await Put(path, new { name = new Dictionary<string, string> { ["en"] = "x" } }, "\"9\"")).StatusCode.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
        using var changed = await Put(
            path,
            new { name = new Dictionary<string, string> { ["en"] = "Nights" } },
            "\"1\""
        );
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        changed.Headers.ETag!.Tag.ShouldBe("\"2\"");

        var listed = JsonNode.Parse(await world.Admin.GetStringAsync("/v1/teams?limit=200"))!["items"]!.AsArray();
        listed.Select(team => (string)team!["id"]!).ShouldContain("night");
    }

    [Fact]
    public async Task New_people_get_work_where_they_are_on_shift()
    {
        await Put("/v1/teams/returns", new { name = new Dictionary<string, string> { ["zh-CN"] = "退货" } });
        await Put("/v1/agents/day", new { name = "白班", teams = new[] { "returns" } });
        await Put("/v1/agents/night", new { name = "夜班", teams = new[] { "returns" } });
        var week = new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
        await Put(
            "/v1/rosters/returns-night",
            new
            {
                zone = "Asia/Shanghai",
                week = week.ToDictionary(day => day, _ => new[] { "22:00-06:00" }),
                agents = new[] { "night" },
            }
        );
        var number = await world.Inquiry();

        // 09:00 in Shanghai
        var moved = await World.Do(world.Manager, number, "assignments", new { team = "returns" });

        ((string)moved["assignee"]!).ShouldBe("day");
    }

    [Fact]
    public async Task Routing_rules_are_a_new_version_each_time_and_end_with_one_for_everything()
    {
        using var read = await world.Admin.GetAsync("/v1/routing-rules");
        var version = read.Headers.ETag!.Tag;
        var rules = JsonNode.Parse(await read.Content.ReadAsStringAsync())!["rules"]!.AsArray();

        using var open = await Put("/v1/routing-rules", new { rules = rules.Take(2) }, version);
        open.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await open.Content.ReadAsStringAsync()).ShouldContain("no_catch_all");

        rules.Insert(0, JsonNode.Parse("""{ "id": "vip", "when": { "segment": "vip" }, "team": "technical" }"""));
        using var put = await Put("/v1/routing-rules", new { rules }, version);
        put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        using var stale = await Put("/v1/routing-rules", new { rules }, version);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);

        var number = await world.Open(Requests.Of(world.Now, segment: Contracts.Segment.Vip));
        ((string)(await world.Ticket(number))["team"]!).ShouldBe("technical");
    }

    [Fact]
    public async Task Wrong_documents_are_refused_with_their_places()
    {
        using var agent = await Put(
            "/v1/agents/x",
            new
            {
                name = "",
                teams = new[] { "nowhere" },
                capacity = -1,
            }
        );
        agent.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var pointers = JsonNode.Parse(await agent.Content.ReadAsStringAsync())!["errors"]!.AsArray();
        pointers.Select(error => (string)error!["pointer"]!).ShouldBe(["/name", "/capacity", "/teams/0"]);

        using var roster = await Put(
            "/v1/rosters/x",
            new
            {
                zone = "Nowhere/City",
                week = new { },
                agents = Array.Empty<string>(),
            }
        );
        roster.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Agents_read_but_do_not_write()
    {
        (await world.LiWei.GetAsync("/v1/teams")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var put = await world.LiWei.PutAsJsonAsync("/v1/teams/mine", new { name = new { en = "x" } });
        put.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<HttpResponseMessage> Put(string path, object body, string? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        return await world.Admin.SendAsync(request);
    }
}
