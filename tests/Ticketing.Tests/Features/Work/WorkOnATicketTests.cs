using System.Net;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

/// <summary>What the single commands answer, and what they refuse.</summary>
public sealed class WorkOnATicketTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Only_reaching_the_customer_is_contact()
    {
        var number = await world.Inquiry();

        var missed = await World.Do(world.LiWei, number, "contacts", new { channel = "phone", outcome = "no_answer" });
        ((string)missed["status"]!).ShouldBe("assigned");
        missed["firstContactAt"].ShouldBeNull();

        var reached = await World.Do(world.LiWei, number, "contacts", new { channel = "visit", outcome = "reached" });
        ((string)reached["status"]!).ShouldBe("in_progress");
        reached["firstContactAt"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("handling_opinion")]
    [InlineData("plan")]
    [InlineData("answer")]
    public async Task A_response_starts_the_work(string kind)
    {
        var number = await world.Inquiry();

        var answered = await World.Do(world.LiWei, number, "responses", new { kind, text = "我们将补发" });

        ((string)answered["status"]!).ShouldBe("in_progress");
        var line = (await world.Timeline(number)).Single(line => (string)line["kind"]! == kind);
        ((string)line["text"]!).ShouldBe("我们将补发");
        ((string)line["by"]!).ShouldBe("li.wei");
    }

    [Fact]
    public async Task Progress_tells_why_and_until_when()
    {
        var number = await world.InProgress();
        var newEstimate = world.Now.AddHours(5);

        await World.Do(world.LiWei, number, "progress", new { reason = "等待仓库", newEstimate });

        var shared = (await world.Events(number)).Single(e => e.Type == "ProgressShared").Message;
        shared.GetProperty("newEstimate").GetDateTimeOffset().ShouldBe(newEstimate);
    }

    [Theory]
    [InlineData("spam")]
    [InlineData("duplicate")]
    public async Task A_cancelled_ticket_cancels_its_clocks_and_stays_cancelled(string reason)
    {
        var number = await world.Inquiry();

        var cancelled = await World.Do(world.LiWei, number, "cancellation", new { reason });
        ((string)cancelled["status"]!).ShouldBe("cancelled");
        await World.Do(world.LiWei, number, "cancellation", new { reason });

        var events = await world.Events(number);
        events.Count(e => e.Type == "TicketCancelled").ShouldBe(1);
        events.Count(e => e.Type == "SlaClockCancelled").ShouldBe(events.Count(e => e.Type == "SlaClockStarted"));
    }

    [Fact]
    public async Task A_direct_resolution_meets_what_is_still_open()
    {
        var number = await world.Complaint();

        await World.Do(world.LiWei, number, "resolutions", new { solution = "已补发" });

        var sla = JsonNode.Parse(await world.LiWei.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        var first = sla["clocks"]!.AsArray().Single(clock => (string)clock!["clock"]! == "first_contact")!;
        ((string)first["state"]!).ShouldBe("met");
        first["marks"]!.AsArray().Select(mark => (string)mark!).ShouldContain("by_resolution");
    }

    [Theory]
    [InlineData("contacts", """{ "channel": "pigeon", "outcome": "reached" }""", "/channel", "unknown_value")]
    [InlineData("contacts", """{ "channel": "phone" }""", "/outcome", "required")]
    [InlineData("responses", """{ "kind": "answer", "text": " " }""", "/text", "required")]
    [InlineData("resolutions", """{ "solution": 5 }""", "/solution", "wrong_type")]
    [InlineData("confirmations", """{ }""", "/solved", "required")]
    [InlineData(
        "collaborations",
        """{ "department": "logistics", "need": "x", "answerBy": "9999-12-31T23:59:59Z" }""",
        "/answerBy",
        "too_far"
    )]
    [InlineData("progress", """{ "reason": "x", "newEstimate": "3026-01-01T00:00:00Z" }""", "/newEstimate", "too_far")]
    [InlineData("pauses", """{ "reason": "waiting_customer", "until": "3026-01-01T00:00:00Z" }""", "/until", "too_far")]
    [InlineData("progress", """{ "reason": "x", "newEstimate": "tomorrow" }""", "/newEstimate", "invalid_instant")]
    [InlineData(
        "case-summary",
        """{ "cause": "x", "fiveWhys": [], "wentWell": "x", "improve": "x" }""",
        "/fiveWhys",
        "out_of_range"
    )]
    [InlineData("cancellation", """{ "reason": "merged" }""", "/reason", "unknown_value")]
    [InlineData("pauses", """{ "reason": "third_party", "forever": true }""", "/forever", "unknown_member")]
    public async Task A_wrong_body_is_refused_with_its_place(string command, string body, string pointer, string code)
    {
        var number = await world.Inquiry();

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await world.LiWei.PostAsync($"/v1/tickets/{number}/{command}", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]![0]!;
        ((string)error["pointer"]!).ShouldBe(pointer);
        ((string)error["code"]!).ShouldBe(code);
    }

    [Fact]
    public async Task Ladder_steps_of_a_missed_contact_are_told_before_the_late_contact()
    {
        var number = await world.Inquiry();
        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await world.InProgress(number);

        var kinds = await world.Kinds(number);

        kinds.IndexOf("sla_breached").ShouldBeGreaterThan(0);
        kinds.Count(kind => kind == "sla_breached").ShouldBe(1);
        using var breached = await world.LiWei.GetAsync("/v1/tickets?breached=true&limit=200");
        (await breached.Content.ReadAsStringAsync()).ShouldContain(number);
    }
}
