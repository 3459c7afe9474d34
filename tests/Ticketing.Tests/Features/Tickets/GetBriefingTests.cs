using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Tests.Features.Tickets;

public sealed class GetBriefingTests(World world) : IClassFixture<World>
{
    private readonly HttpClient notifications = world.As("notifications", ["service"]);

    private static string Path(string number, string assignee) =>
        $"/internal/tickets/{number}/briefing?assignee={assignee}";

    [Fact]
    public async Task It_tells_the_customer_the_problem_and_every_deadline_that_is_open()
    {
        var number = await world.Open(Requests.Of(world.Now, Category.Complaint, Urgency.Urgent, level: 3));
        await World.Do(world.Manager, number, "assignments", new { assignee = "li.wei" });

        var briefing = (await notifications.GetFromJsonAsync<JsonNode>(Path(number, "li.wei")))!;

        var ticket = (await world.Manager.GetFromJsonAsync<JsonNode>($"/v1/tickets/{number}"))!;
        ((string?)briefing["customer"]).ShouldBe((string?)ticket["customer"]!["name"]);
        foreach (var same in (string[])["category", "subcategory", "complaintLevel", "urgency", "emotion"])
            briefing[same]!.ToJsonString().ShouldBe(ticket[same]!.ToJsonString(), same);
        var clocks = (await world.Manager.GetFromJsonAsync<JsonNode>($"/v1/tickets/{number}/sla"))![
            "clocks"
        ]!.AsArray();
        briefing["deadlines"]!
            .AsArray()
            .Select(deadline => ((string)deadline!["clock"]!, (string?)deadline["dueAt"]))
            .ShouldBe(clocks.Select(c => ((string)c!["clock"]!, (string?)c["dueAt"])), ignoreOrder: true);
        clocks.Count.ShouldBeGreaterThanOrEqualTo(3);

        await World.Do(world.LiWei, number, "contacts", new { channel = "phone", outcome = "reached" });
        var later = (await notifications.GetFromJsonAsync<JsonNode>(Path(number, "li.wei")))!["deadlines"]!.AsArray();
        var open = later.Select(deadline => (string)deadline!["clock"]!).ToList();
        open.ShouldNotContain("first_contact");
        open.ShouldContain("progress_update");
    }

    [Fact]
    public async Task Who_does_not_have_it_any_more_is_told_nothing()
    {
        var number = await world.Inquiry();
        await World.Do(world.Manager, number, "assignments", new { assignee = "li.wei" });
        await World.Do(world.Manager, number, "assignments", new { assignee = "wang.fang" });
        await Refused(Path(number, "li.wei"), "reassigned");
        (await notifications.GetAsync(Path(number, "wang.fang"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await World.Do(world.Manager, number, "cancellation", new { reason = "spam" });
        await Refused(Path(number, "wang.fang"), "not_open");
        (await notifications.GetAsync(Path("R26-9999999", "li.wei"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task It_is_between_services()
    {
        var number = await world.Inquiry();
        (await world.Admin.GetAsync(Path(number, "li.wei"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await world.Host.Client().GetAsync(Path(number, "li.wei"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task Refused(string path, string code)
    {
        using var answer = await notifications.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!).ShouldBe(code);
    }
}
