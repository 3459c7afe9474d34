using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>The ledger of a clock says in whose hands its time ran.</summary>
public sealed class ExplainSlaTests(World world) : IClassFixture<World>
{
    private async Task<JsonNode> Clock(string number, string name) =>
        (await world.Manager.GetFromJsonAsync<JsonNode>($"/v1/tickets/{number}/sla/explain"))!["clocks"]!
            .AsArray()
            .Single(clock => (string)clock!["clock"]! == name)!;

    [Fact]
    public async Task Time_is_split_by_owner_team_and_state_and_adds_up_to_what_was_consumed()
    {
        var number = await world.Inquiry();
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.InProgress(number);
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        await World.Do(world.LiWei, number, "pauses", new { reason = "waiting_customer" });
        world.Clock.Advance(TimeSpan.FromMinutes(40));
        (await world.LiWei.DeleteAsync($"/v1/tickets/{number}/pauses/current")).EnsureSuccessStatusCode();
        await World.Do(world.Manager, number, "assignments", new { team = "product-support", assignee = "sun.li" });
        world.Clock.Advance(TimeSpan.FromMinutes(5));

        var resolution = await Clock(number, "resolution");
        resolution["heldBy"]!
            .AsArray()
            .Select(held =>
                (
                    (string?)held!["owner"],
                    (string?)held["team"],
                    (string)held["status"]!,
                    (string)held["counted"]!,
                    (string)held["overrun"]!
                )
            )
            .ShouldBe([
                ("li.wei", "front-line", "assigned", "PT10M", "PT0S"),
                ("li.wei", "front-line", "in_progress", "PT20M", "PT0S"),
                ("sun.li", "product-support", "in_progress", "PT5M", "PT0S"),
            ]);
        var sum = resolution["heldBy"]!
            .AsArray()
            .Sum(held => XmlConvert.ToTimeSpan((string)held!["counted"]!).TotalSeconds);
        sum.ShouldBe(XmlConvert.ToTimeSpan((string)resolution["consumed"]!).TotalSeconds);
    }

    [Fact]
    public async Task What_ran_before_the_opening_is_the_queues_and_the_overrun_of_a_breach_is_shown()
    {
        var number = await world.Open(Requests.Of(world.Now.AddMinutes(-90)));
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        var contact = await Clock(number, "first_contact");
        contact["heldBy"]!
            .AsArray()
            .Select(held =>
                ((string?)held!["owner"], (string)held["status"]!, (string)held["counted"]!, (string)held["overrun"]!)
            )
            .ShouldBe([(null, "new", "PT1H30M", "PT30M"), ("li.wei", "assigned", "PT10M", "PT10M")]);
    }
}
