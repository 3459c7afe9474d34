using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

/// <summary>Where nobody is to be had a ticket waits in a queue that somebody serves: it is never assigned to nobody.</summary>
public sealed class WaitInQueueTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_finds_nobody_waits_as_new_and_is_given_to_whoever_comes()
    {
        var number = await world.Inquiry();
        await Change("chen.jie", active: false);

        var waiting = await World.Do(world.LiWei, number, "assignments", new { team = "duty" });

        ((string)waiting["team"]!, (string?)waiting["assignee"], (string)waiting["status"]!).ShouldBe(
            ("duty", null, "new")
        );
        var changed = (await world.Events(number)).Last(e => e.Type == "TicketStatusChanged").Message;
        changed.GetProperty("to").GetString().ShouldBe("new");
        await Change("chen.jie", active: true);
        await Eventually.That(async () => (string?)(await world.Ticket(number))["assignee"] == "chen.jie");
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("assigned");
    }

    private async Task Change(string agent, bool active)
    {
        using var read = await world.Admin.GetAsync($"/v1/agents/{agent}");
        var person = (await read.Content.ReadFromJsonAsync<JsonObject>())!;
        person["active"] = active;
        using var put = new HttpRequestMessage(HttpMethod.Put, $"/v1/agents/{agent}")
        {
            Content = JsonContent.Create(person),
        };
        put.Headers.IfMatch.Add(read.Headers.ETag!);
        using var answer = await world.Admin.SendAsync(put);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
