using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

/// <summary>Acknowledging stops the climb, not the clock.</summary>
public sealed class AcknowledgeEscalationTests(World world) : IClassFixture<World>
{
    private async Task<int> Climbed(string number) => (await world.Kinds(number)).Count(kind => kind == "escalated");

    private Task<HttpResponseMessage> Acknowledge(string number, object body) =>
        world.LiWei.PostAsJsonAsync($"/v1/tickets/{number}/acknowledgements", body);

    /// <summary>The delivered policy: a first contact within the hour, told to the assignee at once, and higher up after 30 min, 1 h and 2 h.</summary>
    private async Task<string[]> Escalated(int tickets)
    {
        var numbers = new string[tickets];
        for (var i = 0; i < tickets; i++)
            numbers[i] = await world.Inquiry();
        world.Clock.Advance(TimeSpan.FromMinutes(61));
        foreach (var number in numbers)
            await Eventually.That(async () => await Climbed(number) == 1);
        return numbers;
    }

    [Fact]
    public async Task After_it_nobody_further_up_is_told_and_the_clock_stays_breached()
    {
        var both = await Escalated(2);
        var (number, other) = (both[0], both[1]);

        await World.Do(world.LiWei, number, "acknowledgements", new { note = "我来处理" });
        using var again = await Acknowledge(number, new { });
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict, "it is acknowledged");
        world.Clock.Advance(TimeSpan.FromHours(5));
        await Eventually.That(async () => await Climbed(other) == 4);

        (await Climbed(number)).ShouldBe(1);
        var line = (await world.Timeline(number)).Single(each => (string)each["kind"]! == "escalation_acknowledged");
        ((string)line["by"]!).ShouldBe("li.wei");
        var told = (await world.Events(number)).Where(e => e.Type == "EscalationAcknowledged").ShouldHaveSingleItem();
        told.Message.GetProperty("clock").GetProperty("clock").GetString().ShouldBe("first_contact");
        var sla = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla"))!;
        var clock = sla["clocks"]!.AsArray().Single(each => (string)each!["clock"]! == "first_contact")!;
        ((string)clock["state"]!).ShouldBe("breached");
    }

    [Fact]
    public async Task Where_nothing_has_climbed_there_is_nothing_to_acknowledge()
    {
        var number = await world.Inquiry();
        using var nothing = await Acknowledge(number, new { });
        nothing.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await nothing.Content.ReadAsStringAsync()).ShouldContain("nothing_escalated");
        using var unknown = await Acknowledge((await Escalated(1))[0], new { instance = Guid.CreateVersion7() });
        unknown.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }
}
