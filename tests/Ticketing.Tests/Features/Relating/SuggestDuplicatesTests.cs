using System.Net;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts.Intake;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Tests.Features.Relating;

/// <summary>The same customer, nearly the same words, at nearly the same time: a suggestion with its reason.</summary>
public sealed class SuggestDuplicatesTests(World world) : IClassFixture<World>
{
    private const string Words = "订单 A-1001 少发一件耳机";

    private async Task<string> Open(Guid customer, string what = Words, string subject = "订单漏发")
    {
        var request = Requests.Of(world.Now, subject: subject, what: what);
        return await world.Open(request with { Customer = request.Customer with { CustomerId = customer } });
    }

    private static async Task<List<JsonNode>> Suggested(HttpClient by, string number)
    {
        var answer = JsonNode.Parse(await by.GetStringAsync($"/v1/tickets/{number}/duplicates"))!;
        return [.. answer["items"]!.AsArray().Select(item => item!)];
    }

    private async Task<string[]> Numbers(string number) =>
        [.. (await Suggested(world.Manager, number)).Select(item => (string)item["number"]!)];

    [Fact]
    public async Task The_likeliest_comes_first_and_says_why()
    {
        var customer = Guid.CreateVersion7();
        var number = await Open(customer);
        world.Clock.Advance(TimeSpan.FromHours(2));
        var same = await Open(customer);
        var similar = await Open(customer, "A-1001 这单少了一件耳机，请尽快补发给我", "少发耳机");
        var unlike = await Open(customer, "请问会员积分怎么兑换礼品卡", "积分");
        var stranger = await Open(Guid.CreateVersion7());

        var suggested = await Suggested(world.Manager, number);
        suggested.Select(item => (string)item["number"]!).ShouldBe([same, similar]);
        ((double)suggested[0]["score"]!).ShouldBe(1);
        ((string)suggested[0]["reason"]!).ShouldBe(
            "same customer, 100 % of the words alike, same order A-1001, opened 2 h after"
        );
        ((double)suggested[1]["score"]!).ShouldBeInRange(0.4, 0.99);
        ((string)suggested[0]["subject"]!).ShouldBe("订单漏发");
        (await Numbers(same)).ShouldContain(number, "seen from either side");
        (await Numbers(unlike)).ShouldBeEmpty();
        (await Numbers(stranger)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_what_was_opened_within_the_window_before_or_after()
    {
        var customer = Guid.CreateVersion7();
        var early = await Open(customer);
        world.Clock.Advance(TimeSpan.FromHours(72));
        var number = await Open(customer);
        world.Clock.Advance(TimeSpan.FromHours(72));
        var late = await Open(customer);

        (await Numbers(number)).ShouldBe([late, early], ignoreOrder: true);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await Open(customer);
        (await Numbers(number)).ShouldNotContain(later);
        (await Numbers(later)).ShouldBe([late]);
    }

    [Fact]
    public async Task Not_what_is_cancelled_or_linked_or_not_theirs()
    {
        var customer = Guid.CreateVersion7();
        var number = await Open(customer);
        var spam = await Open(customer);
        var linked = await Open(customer);
        await World.Do(world.Manager, spam, "cancellation", new { reason = "spam" });
        (await Numbers(number)).ShouldBe([linked]);
        await World.Do(world.Manager, number, "links", new { number = linked, kind = "related" });
        (await Numbers(number)).ShouldBeEmpty();

        var request = Requests.Of(world.Now, Contracts.Category.BusinessHandling, what: Words);
        var theirs = await world.Open(request with { Customer = request.Customer with { CustomerId = customer } });
        (await Numbers(number)).ShouldBe([theirs]);
        (await Suggested(world.LiWei, number)).ShouldBeEmpty();
        (await world.LiWei.GetAsync($"/v1/tickets/{theirs}/duplicates")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await world.LiWei.GetAsync($"/v1/tickets/{number}/duplicates?all=1")).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
    }

    [Fact]
    public async Task A_customer_with_many_tickets_is_looked_up_by_an_index_and_answered_shortly()
    {
        var customer = Guid.CreateVersion7();
        var requests = Enumerable
            .Range(0, 30)
            .Select(_ => Requests.Of(world.Now, what: Words))
            .Select(request => request with { Customer = request.Customer with { CustomerId = customer } })
            .ToArray<RequestReceived>();
        await world.Receive(requests);
        (await Suggested(world.Manager, requests[0].Number)).Count.ShouldBe(10);

        await using var db = world.Db();
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("SET enable_seqscan = off");
        var plan = await db
            .Database.SqlQuery<string>(
                $"""
                EXPLAIN SELECT number FROM tickets
                WHERE customer_id = {customer} AND opened_at BETWEEN now() - interval '3 days' AND now()
                """
            )
            .ToListAsync();
        string.Join('\n', plan).ShouldContain("ix_tickets_customer");
    }
}
