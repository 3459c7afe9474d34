using System.Net;
using System.Net.Http.Json;

namespace CustomerFeedback.Ticketing.Tests.Features;

/// <summary>What is not theirs does not exist for them.</summary>
public sealed class RowScopeTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Each_sees_what_is_theirs_and_nothing_else()
    {
        var number = await world.Open(Requests.Of(world.Now, recordedBy: "shop"));

        var sees = new Dictionary<string, HttpClient>
        {
            ["agent of the team"] = world.LiWei,
            ["lead of the team"] = world.As("wang.fang", ["lead"], "front-line"),
            ["manager"] = world.Manager,
            ["duty"] = world.As("chen.jie", ["duty"]),
            ["the integration that brought it"] = world.As("shop", ["integration"]),
        };
        foreach (var (who, client) in sees)
            (await client.GetAsync($"/v1/tickets/{number}")).StatusCode.ShouldBe(HttpStatusCode.OK, who);

        var blind = new Dictionary<string, HttpClient>
        {
            ["agent of another team"] = world.As("zhou.jun", ["agent"], "order-service"),
            ["agent without a team"] = world.As("somebody", ["agent"]),
            ["another integration"] = world.As("crm", ["integration"]),
        };
        foreach (var (who, client) in blind)
        {
            foreach (var path in new[] { "", "/timeline", "/sla", "/sla/explain" })
                (await client.GetAsync($"/v1/tickets/{number}{path}")).StatusCode.ShouldBe(
                    HttpStatusCode.NotFound,
                    who
                );
            (await client.GetStringAsync("/v1/tickets?limit=200")).ShouldNotContain(number, customMessage: who);
        }

        var stranger = blind["agent of another team"];
        using var act = await stranger.PostAsJsonAsync(
            $"/v1/tickets/{number}/contacts",
            new { channel = "phone", outcome = "reached" }
        );
        act.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_has_it_sees_it_whatever_their_team()
    {
        var number = await world.Open(Requests.Of(world.Now, Contracts.Category.BusinessHandling));
        var visitor = world.As("li.wei", ["agent"], "front-line");
        (await visitor.GetAsync($"/v1/tickets/{number}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await using var db = world.Db();
        await World.Do(world.Manager, number, "assignments", new { assignee = "zhao.min" });

        var manager = world.As("zhao.min", ["agent"]);
        (await manager.GetAsync($"/v1/tickets/{number}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_integration_reads_but_does_not_act()
    {
        var number = await world.Inquiry();
        var shop = world.As("shop", ["integration"]);

        using var act = await shop.PostAsJsonAsync($"/v1/tickets/{number}/resolutions", new { solution = "x" });

        act.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_customer_is_masked_for_everybody()
    {
        var customer = (await world.Ticket(await world.Inquiry()))["customer"]!;

        ((string)customer["phone"]!).ShouldBe("138****1234");
        ((string)customer["name"]!).ShouldEndWith("*");
        customer.AsObject().Select(member => member.Key).ShouldNotContain("email");
    }
}
