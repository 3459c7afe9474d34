using System.Net.Http.Json;
using CustomerFeedback.Contracts;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Ticketing.Tests.Features.Work;

public sealed class AssignWaitingTicketsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Waiting_work_goes_to_whoever_becomes_free_the_most_urgent_first()
    {
        await Limit("li.wei", 1);
        var first = await world.Inquiry();
        var normal = await world.Open(Requests.Of(world.Now.AddMinutes(-10)));
        var urgent = await world.Open(Requests.Of(world.Now, urgency: Urgency.Urgent));
        var critical = await world.Open(Requests.Of(world.Now, urgency: Urgency.Critical));

        ((string)(await world.Ticket(first))["status"]!).ShouldBe("assigned");
        foreach (var number in new[] { normal, urgent, critical })
            ((string)(await world.Ticket(number))["status"]!).ShouldBe("new");

        foreach (var (done, next) in new[] { (first, critical), (critical, urgent), (urgent, normal) })
        {
            await world.Resolved(done);
            await Eventually.That(async () => (string?)(await world.Ticket(next))["assignee"] == "li.wei");
        }
    }

    private async Task Limit(string agent, int capacity)
    {
        using var read = await world.Admin.GetAsync($"/v1/agents/{agent}");
        var before = await read.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonObject>();
        before!["capacity"] = capacity;
        using var put = new HttpRequestMessage(HttpMethod.Put, $"/v1/agents/{agent}")
        {
            Content = JsonContent.Create(before),
        };
        put.Headers.IfMatch.Add(read.Headers.ETag!);
        using var answer = await world.Admin.SendAsync(put);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
