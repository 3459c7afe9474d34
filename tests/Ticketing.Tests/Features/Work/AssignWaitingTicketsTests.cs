using System.Net.Http.Json;
using System.Text.Json.Nodes;
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

    [Theory]
    [InlineData(Category.GeneralInquiry, Category.BusinessHandling)]
    [InlineData(Category.BusinessHandling, Category.GeneralInquiry)]
    public async Task Whoever_serves_two_queues_takes_what_is_more_urgent_in_either(Category normal, Category critical)
    {
        await Change("li.wei", agent => agent["active"] = false);
        await Change(
            "zhou.jun",
            agent => (agent["teams"], agent["active"]) = (Teams("front-line", "order-service"), false)
        );
        var first = await world.Open(Requests.Of(world.Now.AddMinutes(-10), normal));
        var next = await world.Open(Requests.Of(world.Now, critical, Urgency.Critical));
        var sooner = await world.Open(Requests.Of(world.Now.AddMinutes(-20), critical));

        await Change("zhou.jun", agent => (agent["capacity"], agent["active"]) = (1, true));
        foreach (var number in new[] { next, sooner, first })
        {
            await Eventually.That(async () => (string?)(await world.Ticket(number))["assignee"] == "zhou.jun");
            await World.Do(world.Manager, number, "resolutions", new { solution = "已补发" });
        }
        await Change("zhou.jun", agent => (agent["capacity"], agent["teams"]) = (null, Teams("order-service")));
        await Change("li.wei", agent => agent["active"] = true);

        static JsonArray Teams(params string[] teams) => [.. teams.Select(team => (JsonNode?)team)];
    }

    private Task Limit(string agent, int capacity) => Change(agent, person => person["capacity"] = capacity);

    private async Task Change(string agent, Action<JsonObject> change)
    {
        using var read = await world.Admin.GetAsync($"/v1/agents/{agent}");
        var before = await read.Content.ReadFromJsonAsync<JsonObject>();
        change(before!);
        using var put = new HttpRequestMessage(HttpMethod.Put, $"/v1/agents/{agent}")
        {
            Content = JsonContent.Create(before),
        };
        put.Headers.IfMatch.Add(read.Headers.ETag!);
        using var answer = await world.Admin.SendAsync(put);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
