using System.Net;
using System.Net.Http.Json;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

public sealed class AssignTicketTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_transfer_moves_the_work_but_not_the_accountability()
    {
        var number = await world.Inquiry();

        var moved = await World.Do(world.LiWei, number, "assignments", new { assignee = "zhou.jun" });

        ((string)moved["team"]!).ShouldBe("order-service");
        ((string)moved["assignee"]!).ShouldBe("zhou.jun");
        ((string)moved["accountableOwner"]!).ShouldBe("li.wei");
        using var gone = await world.LiWei.GetAsync($"/v1/tickets/{number}");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Accountability_is_handed_over_explicitly()
    {
        var number = await world.Inquiry();

        var moved = await World.Do(
            world.Manager,
            number,
            "assignments",
            new { assignee = "zhou.jun", accountable = true }
        );

        ((string)moved["accountableOwner"]!).ShouldBe("zhou.jun");
    }

    [Fact]
    public async Task A_team_gets_it_and_the_rules_choose_who()
    {
        var number = await world.Inquiry();

        var moved = await World.Do(world.LiWei, number, "assignments", new { team = "technical" });

        ((string)moved["team"]!).ShouldBe("technical");
        ((string)moved["assignee"]!).ShouldBe("zheng.hao");
    }

    [Fact]
    public async Task A_lead_claims_it()
    {
        var number = await world.Inquiry();
        var lead = world.As("wang.fang", ["lead"], "front-line");

        var claimed = await World.Do(lead, number, "assignments", new { assignee = "wang.fang" });

        ((string)claimed["assignee"]!).ShouldBe("wang.fang");
        (await world.Kinds(number)).ShouldContain("claimed");
    }

    [Fact]
    public async Task Automatic_assignment_explains_itself()
    {
        var number = await world.Inquiry();
        await World.Do(world.Manager, number, "assignments", new { assignee = "wang.fang" });

        var chosen = await World.Do(world.Manager, number, "assignments", new { });

        ((string)chosen["assignee"]!).ShouldBe("li.wei");
        var line = (await world.Timeline(number))[^1];
        ((string)line["details"]!["explanation"]!).ShouldContain("on shift");
    }

    [Fact]
    public async Task Whoever_was_given_something_by_hand_is_not_the_one_who_waits_longest()
    {
        await Put("teams/idle", new { name = new Dictionary<string, string> { ["en"] = "Idle" } });
        foreach (var agent in new[] { "idle.one", "idle.two" })
            await Put(
                $"agents/{agent}",
                new
                {
                    name = agent,
                    role = "agent",
                    teams = new[] { "idle" },
                    skills = Array.Empty<string>(),
                }
            );
        await World.Do(world.Manager, await world.Inquiry(), "assignments", new { assignee = "idle.one" });

        var chosen = await World.Do(world.Manager, await world.Inquiry(), "assignments", new { team = "idle" });
        ((string)chosen["assignee"]!).ShouldBe("idle.two");

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        using var bulk = await world.Manager.PostAsJsonAsync(
            "/v1/tickets:bulk",
            new
            {
                numbers = new[] { await world.Inquiry() },
                command = "assign",
                value = "idle.one",
            }
        );
        bulk.EnsureSuccessStatusCode();
        chosen = await World.Do(world.Manager, await world.Inquiry(), "assignments", new { team = "idle" });
        ((string)chosen["assignee"]!).ShouldBe("idle.two");
    }

    private async Task Put(string path, object body)
    {
        using var answer = await world.Admin.PutAsJsonAsync($"/v1/{path}", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("nobody", null, "unknown_assignee")]
    [InlineData(null, "nowhere", "unknown_team")]
    [InlineData("li.wei", "technical", "assignee_not_in_team")]
    public async Task Who_does_not_exist_gets_nothing(string? assignee, string? team, string code)
    {
        var number = await world.Inquiry();

        using var answer = await world.Manager.PostAsJsonAsync(
            $"/v1/tickets/{number}/assignments",
            new { assignee, team }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(code);
    }
}
