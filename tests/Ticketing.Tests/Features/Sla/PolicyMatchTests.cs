using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>Policies for a channel and for a team, from the PUT to the clock.</summary>
public sealed class PolicyMatchTests(World world) : IClassFixture<World>
{
    private async Task Publish(string id, int order, string match, string target)
    {
        var body = JsonNode.Parse(
            $$"""{"order":{{order}},"match":{{match}},"calendar":"always","targets":{"resolution":{"normal":"PT72H","urgent":"{{target}}","critical":"PT1H"},"first_contact":{"normal":"PT1H","urgent":"PT15M"} } }"""
        );
        using var answer = await world.Admin.PutAsJsonAsync($"/v1/sla/policies/{id}", body);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<(string Policy, string Target)> Resolution(string number)
    {
        var sla = (await world.Manager.GetFromJsonAsync<JsonNode>($"/v1/tickets/{number}/sla"))!;
        var clock = sla["clocks"]!.AsArray().Single(clock => (string)clock!["clock"]! == "resolution")!;
        return ((string)clock["policy"]!["id"]!, (string)clock["target"]!);
    }

    private async Task<string> Urgent(Channel channel)
    {
        var number = await world.Open(Requests.Of(world.Now) with { Channel = channel });
        using var ticket = await world.Manager.GetAsync($"/v1/tickets/{number}");
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tickets/{number}")
        {
            Content = JsonContent.Create(new { urgency = "urgent" }),
        };
        patch.Headers.IfMatch.Add(ticket.Headers.ETag!);
        (await world.Manager.SendAsync(patch)).EnsureSuccessStatusCode();
        return number;
    }

    [Fact]
    public async Task A_policy_holds_for_its_channel_or_its_team_in_order()
    {
        await Publish("of-the-phone", 10, """{"channel":"phone"}""", "PT11H");
        await Publish("of-the-front-line", 20, """{"team":"front-line"}""", "PT12H");
        await Publish("of-another-team", 5, """{"team":"product-support"}""", "PT13H");

        (await Resolution(await Urgent(Channel.Phone))).ShouldBe(("of-the-phone", "PT11H"));
        (await Resolution(await Urgent(Channel.Email))).ShouldBe(("of-the-front-line", "PT12H"));
        // What was promised at intake knew no team: its policy holds from the moment the ticket has been routed to it.
        (await Resolution(await world.Inquiry())).ShouldBe(("of-the-front-line", "PT72H"));
    }

    [Fact]
    public async Task A_ticket_that_went_to_another_team_is_matched_with_it_when_it_is_matched_anew()
    {
        await Publish("of-the-other-team", 1, """{"team":"product-support"}""", "PT14H");
        var number = await world.Inquiry();
        await World.Do(world.Manager, number, "assignments", new { team = "product-support" });
        (await Resolution(number)).Policy.ShouldNotBe("of-the-other-team");
        using var ticket = await world.Manager.GetAsync($"/v1/tickets/{number}");
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tickets/{number}")
        {
            Content = JsonContent.Create(new { urgency = "urgent" }),
        };
        patch.Headers.IfMatch.Add(ticket.Headers.ETag!);
        (await world.Manager.SendAsync(patch)).EnsureSuccessStatusCode();
        (await Resolution(number)).ShouldBe(("of-the-other-team", "PT14H"));
    }
}
