using System.Net;
using System.Text.Json.Nodes;
using CustomerFeedback.Notifications.Features.Announcing;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Notifications.Tests.Features;

public sealed class ListNotificationsTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    private HttpClient As(string role) => world.Host.Client(TestTokens.For($"a-{role}", [role]));

    private async Task<List<JsonNode>> List(string query)
    {
        var page = JsonNode.Parse(await As("agent").GetStringAsync($"/v1/notifications{query}"))!;
        return [.. page["items"]!.AsArray().Select(item => item!)];
    }

    [Fact]
    public async Task Deliveries_are_seen_by_ticket_and_state_newest_first_and_masked()
    {
        var resolved = Announced.Resolved();
        var first = world.Slice<AskConfirmationOnTicketResolved>().Ask(resolved);
        await world.Enqueue(first);
        await world.Send();
        world.Clock.Advance(TimeSpan.FromSeconds(1)); // ids tell the order by their time
        var second = world.Slice<AskConfirmationOnTicketResolved>().Ask(resolved with { Episode = 2 });
        await world.Enqueue(second);

        var both = await List($"?ticket={resolved.Number}");
        both.Select(d => (string)d["state"]!).ShouldBe(["queued", "delivered"]);
        ((string)both[1]["maskedRecipient"]!).ShouldBe("138****1234");
        ((string)both[1]["template"]!).ShouldBe("please-confirm");
        both.ShouldAllBe(d => !d.ToJsonString().Contains("13800001234"));
        (await List($"?ticket={resolved.Number}&state=delivered")).ShouldHaveSingleItem();
        (await List($"?ticket={resolved.Number}&sort=createdAt"))
            .Select(d => (string)d["state"]!)
            .ShouldBe(["delivered", "queued"]);

        var page = JsonNode.Parse(
            await As("lead").GetStringAsync($"/v1/notifications?ticket={resolved.Number}&limit=1")
        )!;
        ((Guid)page["items"]![0]!["id"]!).ShouldBe(second.Id);
        var next = await As("lead")
            .GetStringAsync($"/v1/notifications?ticket={resolved.Number}&limit=1&cursor={(string)page["nextCursor"]!}");
        ((Guid)JsonNode.Parse(next)!["items"]![0]!["id"]!).ShouldBe(first.Id);
    }

    [Fact]
    public async Task It_is_for_those_who_handle_tickets()
    {
        (await As("integration").GetAsync("/v1/notifications")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await world.Host.Client().GetAsync("/v1/notifications")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await As("admin").GetAsync("/v1/notifications?state=lost")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await As("admin").GetAsync("/v1/notifications?color=red")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
