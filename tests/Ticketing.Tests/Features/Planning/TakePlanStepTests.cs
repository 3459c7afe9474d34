using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Planning;

/// <summary>A plan is agreed on with the customer, and its steps start after that, or for a reason.</summary>
public sealed class TakePlanStepTests(World world) : IClassFixture<World>
{
    private async Task<string> Planned(params string[] steps)
    {
        var number = await world.InProgress();
        await World.Do(
            world.LiWei,
            number,
            "responses",
            new
            {
                kind = "plan",
                text = "补偿并补发",
                steps,
            }
        );
        return number;
    }

    private static async Task<JsonNode> Plan(HttpClient by, string number) =>
        JsonNode.Parse(await by.GetStringAsync($"/v1/tickets/{number}/plan"))!;

    private Task<HttpResponseMessage> Agree(string number, bool agreed) =>
        world.LiWei.PostAsJsonAsync($"/v1/tickets/{number}/plan/agreement", new { agreed, note = "电话里说的" });

    private Task<HttpResponseMessage> Take(string number, int step, string state, string? reason = null) =>
        world.LiWei.PostAsJsonAsync($"/v1/tickets/{number}/plan/steps/{step}", new { state, reason });

    private static async Task<string> Code(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return $"{(int)answer.StatusCode} {(string?)JsonNode.Parse(text)!["code"]}".TrimEnd();
    }

    private static string[] States(JsonNode plan) =>
        [.. plan["steps"]!.AsArray().Select(step => (string)step!["state"]!)];

    [Fact]
    public async Task Steps_start_once_the_customer_has_agreed_and_are_tracked()
    {
        var number = await Planned("退款 20 元", "补发一件");
        var plan = await Plan(world.LiWei, number);
        ((string)plan["text"]!, plan["agreed"]).ShouldBe(("补偿并补发", null));
        plan["steps"]!.AsArray().Select(step => (string)step!["text"]!).ShouldBe(["退款 20 元", "补发一件"]);
        (await Code(await Take(number, 1, "started"))).ShouldBe("409 not_agreed");

        (await Agree(number, true)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Take(number, 1, "started")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Take(number, 1, "started")).StatusCode.ShouldBe(HttpStatusCode.OK, "said twice");
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        (await Take(number, 1, "done")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Code(await Take(number, 1, "started"))).ShouldBe("409 step_taken");

        plan = await Plan(world.LiWei, number);
        ((bool)plan["agreed"]!, (string)plan["agreementBy"]!).ShouldBe((true, "li.wei"));
        States(plan).ShouldBe(["done", "open"]);
        var first = plan["steps"]![0]!;
        ((bool)first["overridden"]!).ShouldBeFalse();
        ((DateTimeOffset)first["doneAt"]! - (DateTimeOffset)first["startedAt"]!).ShouldBe(TimeSpan.FromMinutes(5));
        var kinds = await world.Kinds(number);
        foreach (var kind in new[] { "plan", "plan_agreed", "step_started", "step_done" })
            kinds.Count(line => line == kind).ShouldBe(1, kind);
    }

    [Fact]
    public async Task An_override_needs_a_reason_and_is_remembered()
    {
        var number = await Planned("断开电源", "更换");
        (await Agree(number, false)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Code(await Take(number, 1, "done", " "))).ShouldBe("409 not_agreed");
        (await Take(number, 1, "done", "有安全隐患，必须先断电")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var plan = await Plan(world.LiWei, number);
        ((bool)plan["agreed"]!).ShouldBeFalse();
        ((bool)plan["steps"]![0]!["overridden"]!).ShouldBeTrue();
        var line = (await world.Timeline(number)).Single(line => (string)line["kind"]! == "step_done");
        ((bool)line["details"]!["overrides"]!, (string)line["text"]!).ShouldBe((true, "有安全隐患，必须先断电"));

        (await Agree(number, true)).StatusCode.ShouldBe(HttpStatusCode.OK, "they thought better of it");
        (await Take(number, 2, "started")).StatusCode.ShouldBe(HttpStatusCode.OK);
        ((bool)(await Plan(world.LiWei, number))["steps"]![1]!["overridden"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_plan_needs_an_agreement_of_its_own()
    {
        var number = await Planned("一");
        await Agree(number, true);
        await World.Do(
            world.LiWei,
            number,
            "responses",
            new
            {
                kind = "plan",
                text = "换一个办法",
                steps = new[] { "二" },
            }
        );
        var plan = await Plan(world.LiWei, number);
        ((string)plan["text"]!, plan["agreed"]).ShouldBe(("换一个办法", null));
        (await Code(await Take(number, 1, "started"))).ShouldBe("409 not_agreed");
    }

    [Fact]
    public async Task The_customer_reads_the_steps_on_the_page_and_the_search_finds_them()
    {
        var number = await Planned("寄送替换件 SK-778");
        var page = (string)(await world.Ticket(number))["statusUrl"]!;
        (await world.Host.Client().GetStringAsync(page)).ShouldContain("1. 寄送替换件 SK-778");
        (await world.LiWei.GetStringAsync("/v1/tickets?q=SK-778")).ShouldContain(number);
    }

    [Fact]
    public async Task What_is_not_there_is_not_agreed_on_and_what_is_wrong_is_named()
    {
        var number = await world.InProgress();
        (await world.LiWei.GetAsync($"/v1/tickets/{number}/plan")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Code(await Agree(number, true))).ShouldBe("409 no_plan");
        (await Code(await Take(number, 1, "started"))).ShouldBe("409 no_plan");

        using var answer = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/responses",
            new
            {
                kind = "answer",
                text = "好的",
                steps = new[] { "一" },
            }
        );
        (await answer.Content.ReadAsStringAsync()).ShouldContain("not_a_plan");
        using var blank = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{number}/responses",
            new
            {
                kind = "plan",
                text = "好的",
                steps = new[] { "一", " " },
            }
        );
        (await blank.Content.ReadAsStringAsync()).ShouldContain("/steps/1");
        (await world.LiWei.GetAsync($"/v1/tickets/{number}/plan")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var planned = await Planned("一");
        (await Code(await Take(planned, 2, "started"))).ShouldBe("422 unknown_step");
        (await Code(await Take(planned, 1, "open"))).ShouldBe("400 malformed");
        var stranger = world.As("zhou.jun", ["agent"], "order-service");
        (await stranger.GetAsync($"/v1/tickets/{planned}/plan")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
