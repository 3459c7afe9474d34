using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Relating;

/// <summary>One concern in two tickets: one is given up for the other, and everybody is told, the customer too.</summary>
public sealed class MergeTicketsTests(World world) : IClassFixture<World>
{
    private async Task<string> Open(Guid customer)
    {
        var request = Requests.Of(world.Now);
        return await world.Open(request with { Customer = request.Customer with { CustomerId = customer } });
    }

    private static Task<HttpResponseMessage> Merge(HttpClient by, string number, string into, string? note = null) =>
        by.PostAsJsonAsync($"/v1/tickets/{number}/merges", new { into, note });

    private static async Task<string> Code(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return $"{(int)answer.StatusCode} {(string?)JsonNode.Parse(text)!["code"]}";
    }

    [Fact]
    public async Task The_merged_one_is_cancelled_the_other_goes_on_and_both_say_so()
    {
        var customer = Guid.CreateVersion7();
        var (number, into) = (await Open(customer), await Open(customer));
        using var answer = await Merge(world.LiWei, number, into, "同一件事");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var ticket = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string)ticket["status"]!).ShouldBe("cancelled");
        ((string)(await world.Ticket(into))["status"]!).ShouldBe("assigned");

        var lines = await world.Timeline(number);
        var cancelled = lines.Single(line => (string)line["kind"]! == "cancelled");
        ((string)cancelled["details"]!["reason"]!, (string)cancelled["text"]!).ShouldBe(("merged", "同一件事"));
        ((string)lines.Single(line => (string)line["kind"]! == "merged_into")["details"]!["number"]!).ShouldBe(into);
        var taken = (await world.Timeline(into)).Single(line => (string)line["kind"]! == "merged_from");
        ((string)taken["details"]!["number"]!, (string)taken["text"]!).ShouldBe((number, "同一件事"));

        var events = await world.Events(number);
        events.Single(e => e.Type == "TicketCancelled").Message.GetProperty("reason").GetString().ShouldBe("merged");
        events.Single(e => e.Type == "TicketsMerged").Message.GetProperty("intoNumber").GetString().ShouldBe(into);
        events.Select(e => e.Message.GetProperty("version").GetInt32()).ShouldBe(Enumerable.Range(1, events.Count));
        var clocks = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla"))!["clocks"]!;
        clocks.AsArray().ShouldAllBe(clock => (string)clock!["state"]! == "cancelled");
        var links = JsonNode.Parse(await world.LiWei.GetStringAsync($"/v1/tickets/{into}/links"))!["items"]!;
        ((string)links.AsArray().Single()!["kind"]!).ShouldBe("merged_from");
        (await world.LiWei.DeleteAsync($"/v1/tickets/{number}/links/{into}")).StatusCode.ShouldBe(
            HttpStatusCode.Conflict,
            "history stays"
        );

        (await Code(await Merge(world.LiWei, number, into))).ShouldStartWith("201", customMessage: "again is no news");
        (await world.Events(number)).Count.ShouldBe(events.Count);
    }

    [Fact]
    public async Task The_customers_page_says_under_which_number_it_goes_on_however_far()
    {
        var customer = Guid.CreateVersion7();
        var numbers = (await Open(customer), await Open(customer), await Open(customer));
        var page = (string)(await world.Ticket(numbers.Item1))["statusUrl"]!;
        (await Merge(world.LiWei, numbers.Item1, numbers.Item2)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await world.Host.Client().GetStringAsync(page)).ShouldContain($"后续进度请看请求编号 {numbers.Item2}。");
        (await Merge(world.LiWei, numbers.Item2, numbers.Item3)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await world.Host.Client().GetStringAsync($"{page}?lang=en")).ShouldContain(
            $"It goes on under the number {numbers.Item3}."
        );
        using var json = new HttpRequestMessage(HttpMethod.Get, page);
        json.Headers.Accept.ParseAdd("application/json");
        using var answer = await world.Host.Client().SendAsync(json);
        var view = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string)view["mergedInto"]!, (string)view["state"]!).ShouldBe((numbers.Item3, "cancelled"));
    }

    [Fact]
    public async Task What_cannot_be_merged_is_refused_by_name()
    {
        var customer = Guid.CreateVersion7();
        var (number, other) = (await Open(customer), await Open(customer));
        (await Code(await Merge(world.LiWei, number, number))).ShouldBe("422 same_ticket");
        (await Code(await Merge(world.LiWei, number, "R26-9999999"))).ShouldBe("422 unknown_ticket");
        (await Code(await Merge(world.LiWei, number, ""))).ShouldBe("400 malformed");
        (await Code(await Merge(world.LiWei, number, await Open(Guid.CreateVersion7())))).ShouldBe(
            "409 other_customer"
        );

        var spam = await Open(customer);
        await World.Do(world.LiWei, spam, "cancellation", new { reason = "spam" });
        (await Code(await Merge(world.LiWei, number, spam))).ShouldBe("409 target_not_open");
        var closed = await Open(customer);
        await world.Resolved(closed);
        await World.Do(world.LiWei, closed, "confirmations", new { solved = true });
        (await Code(await Merge(world.LiWei, number, closed))).ShouldBe("409 target_not_open");
        (await Code(await Merge(world.LiWei, closed, number))).ShouldBe("409 illegal_transition");

        (await Merge(world.LiWei, number, other)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Code(await Merge(world.LiWei, number, await Open(customer)))).ShouldBe("409 already_merged");
        (await Code(await Merge(world.LiWei, other, number))).ShouldBe("409 target_not_open");
        using var byCancelling = await world.LiWei.PostAsJsonAsync(
            $"/v1/tickets/{other}/cancellation",
            new { reason = "merged" }
        );
        byCancelling.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "there is one way to merge");
    }

    [Fact]
    public async Task Who_sees_only_one_of_two_merges_neither()
    {
        var customer = Guid.CreateVersion7();
        var mine = await Open(customer);
        var request = Requests.Of(world.Now, Contracts.Category.BusinessHandling);
        var theirs = await world.Open(request with { Customer = request.Customer with { CustomerId = customer } });
        (await Code(await Merge(world.LiWei, mine, theirs))).ShouldBe("422 unknown_ticket");
        (await Code(await Merge(world.LiWei, theirs, mine))).ShouldBe("404 not_found");
        ((string)(await world.Ticket(mine))["status"]!).ShouldBe("assigned");
    }

    [Fact]
    public async Task Two_people_who_merge_crosswise_at_once_never_lock_each_other_up()
    {
        for (var round = 0; round < 10; round++)
        {
            var customer = Guid.CreateVersion7();
            var (one, two) = (await Open(customer), await Open(customer));
            var codes = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(async i =>
                        await Code(await (i % 2 == 0 ? Merge(world.LiWei, one, two) : Merge(world.LiWei, two, one)))
                    )
            );
            codes.ShouldAllBe(code => code.StartsWith("201") || code == "409 target_not_open");
            string[] states =
            [
                (string)(await world.Ticket(one))["status"]!,
                (string)(await world.Ticket(two))["status"]!,
            ];
            states.Order().ShouldBe(["assigned", "cancelled"]);
        }
    }
}
