using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.TestKit;
using CustomerFeedback.Ticketing.Features.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

    [Fact]
    public async Task What_waits_for_others_after_a_correction_is_given_to_nobody_else_of_the_team()
    {
        await Change("li.wei", active: false);
        await Change("wang.fang", active: false);
        var number = await world.Inquiry();
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("new");
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tickets/{number}")
        {
            Content = JsonContent.Create(new { category = "complaint", complaintLevel = 2 }),
        };
        patch.Headers.TryAddWithoutValidation("If-Match", $"\"{(int)(await world.Ticket(number))["version"]!}\"");
        (await world.Manager.SendAsync(patch)).EnsureSuccessStatusCode();
        var line = (await world.Timeline(number)).Last(line => (string)line["kind"]! == "automatic");
        ((string)line["details"]!["explanation"]!).ShouldContain("rule complaint-partly");

        await Change("li.wei", active: true);
        await Look();
        ((string?)(await world.Ticket(number))["assignee"]).ShouldBeNull("it waits for the lead");
        await Change("wang.fang", active: true);
        await Eventually.That(async () => (string?)(await world.Ticket(number))["assignee"] == "wang.fang");
    }

    private async Task Look() =>
        await world
            .Host.Services.GetServices<IHostedService>()
            .OfType<AssignWaitingTickets>()
            .Single()
            .Round(TestContext.Current.CancellationToken);

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
