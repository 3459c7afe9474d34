using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

/// <summary>A ticket that turns out to be something else goes to those whom the rules name for that.</summary>
public sealed class RouteAnewTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_emergency_that_is_seen_late_goes_to_the_duty_supervisor_and_says_so()
    {
        var number = await world.InProgress();

        var ticket = await Patched(number, """{ "category": "emergency_support" }""");

        Place(ticket).ShouldBe(("duty", "chen.jie", "in_progress"));
        ((string)ticket["accountableOwner"]!).ShouldBe("li.wei");
        var line = (await world.Timeline(number)).Last(line => (string)line["kind"]! == "automatic");
        var explanation = (string)line["details"]!["explanation"]!;
        explanation.ShouldContain("rule emergency");
        explanation.ShouldContain("li.wei");
        var told = (await world.Events(number)).Last(e => e.Type == "TicketAssigned").Message;
        told.GetProperty("assignee").GetString().ShouldBe("chen.jie");
        told.GetProperty("explanation").GetString().ShouldBe(explanation);
        // The clock of the emergency is the duty supervisor's from its start.
        var started = (await world.Events(number)).Last(e => e.Type == "SlaClockStarted").Message;
        started.GetProperty("clock").GetProperty("clock").GetString().ShouldBe("emergency_mobilisation");
        started.GetProperty("clock").GetProperty("assignee").GetString().ShouldBe("chen.jie");
    }

    [Theory]
    [InlineData("""{ "category": "complaint", "complaintLevel": 1 }""", "front-line", "zhao.min")]
    [InlineData("""{ "category": "complaint", "complaintLevel": 2 }""", "front-line", "wang.fang")]
    [InlineData("""{ "category": "complaint", "complaintLevel": 3 }""", "front-line", "li.wei")]
    [InlineData("""{ "category": "business_handling" }""", "order-service", "zhou.jun")]
    [InlineData(
        """{ "category": "business_handling", "subcategory": "system_failure" }""",
        "product-support",
        "sun.li"
    )]
    [InlineData("""{ "urgency": "critical", "complex": true }""", "front-line", "li.wei")]
    public async Task Another_rule_names_other_people(string patch, string team, string assignee)
    {
        var ticket = await Patched(await world.Inquiry(), patch);

        Place(ticket).ShouldBe((team, assignee, "assigned"));
    }

    [Fact]
    public async Task Whom_a_person_named_keeps_it_unless_it_must_go_higher()
    {
        var number = await world.Inquiry();
        await World.Do(world.Manager, number, "assignments", new { assignee = "zheng.hao" });

        Place(await Patched(number, """{ "category": "business_handling" }"""))
            .ShouldBe(("technical", "zheng.hao", "assigned"));
        Place(await Patched(number, """{ "category": "complaint", "complaintLevel": 1 }"""))
            .ShouldBe(("front-line", "zhao.min", "assigned"));
    }

    [Fact]
    public async Task What_turns_out_harmless_is_taken_from_nobody_until_somebody_asks()
    {
        var number = await world.Open(Requests.Of(world.Now, Category.EmergencySupport));
        Place(await world.Ticket(number)).ShouldBe(("duty", "chen.jie", "assigned"));

        Place(await Patched(number, """{ "category": "general_inquiry" }"""))
            .ShouldBe(("duty", "chen.jie", "assigned"));
        Place(await World.Do(world.Manager, number, "assignments", new { }))
            .ShouldBe(("front-line", "li.wei", "assigned"));
    }

    [Fact]
    public async Task Automatic_is_by_the_rules_with_the_facts_of_now()
    {
        var number = await world.Open(Requests.Of(world.Now, Category.Complaint, level: 1));
        await World.Do(world.Manager, number, "assignments", new { assignee = "li.wei" });

        Place(await World.Do(world.Manager, number, "assignments", new { }))
            .ShouldBe(("front-line", "zhao.min", "assigned"));
    }

    [Fact]
    public async Task What_the_request_said_of_its_department_still_counts()
    {
        var feedback = Requests.Of(world.Now, Category.EmergencySupport) with
        {
            Source = "survey",
            Attributes = new Dictionary<string, string> { ["department"] = "product", ["room"] = "212" },
        };
        var number = await world.Open(feedback);
        await Patched(number, """{ "category": "complaint" }""");

        Place(await World.Do(world.Manager, number, "assignments", new { }))
            .ShouldBe(("product-support", "sun.li", "assigned"));
        (await world.Timeline(number))[0].ToJsonString().ShouldNotContain("212");
    }

    [Fact]
    public async Task What_is_resolved_stays_where_it_is()
    {
        var number = await world.Resolved();

        Place(await Patched(number, """{ "category": "complaint", "complaintLevel": 1 }"""))
            .ShouldBe(("front-line", "li.wei", "resolved"));
    }

    [Fact]
    public async Task The_duty_team_is_the_supervisor_on_the_roster()
    {
        var number = await world.Inquiry();

        var moved = await World.Do(world.LiWei, number, "assignments", new { team = "duty" });

        Place(moved).ShouldBe(("duty", "chen.jie", "assigned"));
    }

    private async Task<JsonNode> Patched(string number, string patch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tickets/{number}")
        {
            Content = new StringContent(patch, Encoding.UTF8, new MediaTypeHeaderValue("application/merge-patch+json")),
        };
        var version = (int)(await world.Ticket(number))["version"]!;
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var answer = await world.Manager.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private static (string Team, string? Assignee, string Status) Place(JsonNode ticket) =>
        ((string)ticket["team"]!, (string?)ticket["assignee"], (string)ticket["status"]!);
}
