using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Marking;

/// <summary>One command on many tickets: each answers for itself.</summary>
public sealed class ActOnManyTests(World world) : IClassFixture<World>
{
    private static async Task<List<JsonNode>> Bulk(HttpClient by, object body)
    {
        using var answer = await by.PostAsJsonAsync("/v1/tickets:bulk", body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return [.. JsonNode.Parse(text)!["items"]!.AsArray().Select(row => row!)];
    }

    private static (string, bool, string?) Of(JsonNode row) =>
        ((string)row["number"]!, (bool)row["done"]!, (string?)row["code"]);

    [Fact]
    public async Task What_cannot_be_done_on_one_is_said_there_and_holds_no_other_up()
    {
        var (one, two, spam) = (await world.Inquiry(), await world.Inquiry(), await world.Inquiry());
        var theirs = await world.Open(Requests.Of(world.Now, Contracts.Category.BusinessHandling));
        await World.Do(world.LiWei, spam, "cancellation", new { reason = "spam" });

        var rows = await Bulk(
            world.LiWei,
            new
            {
                numbers = new[] { one, spam, theirs, "R26-9999999", two, one },
                command = "tag",
                value = "双十一",
            }
        );

        rows.Select(Of)
            .ShouldBe([
                (one, true, null),
                (spam, false, "illegal_transition"),
                (theirs, false, "not_found"),
                ("R26-9999999", false, "not_found"),
                (two, true, null),
            ]);
        var found = JsonNode.Parse(
            await world.Manager.GetStringAsync($"/v1/tickets?tag={Uri.EscapeDataString("双十一")}")
        )!;
        found["items"]!.AsArray().Select(ticket => (string)ticket!["number"]!).ShouldBe([one, two], ignoreOrder: true);
        ((int)rows[0]["version"]!).ShouldBe((int)(await world.Ticket(one))["version"]!);
        (await world.Kinds(spam)).ShouldNotContain("tagged");
    }

    [Fact]
    public async Task Every_command_is_the_command_of_one_ticket()
    {
        var number = await world.Inquiry();
        string[] numbers = [number];
        foreach (
            var (command, value) in new[]
            {
                ("tag", "a"),
                ("untag", "a"),
                ("watch", "wang.fang"),
                ("unwatch", "wang.fang"),
                ("comment", "同一批问题"),
                ("assign", "wang.fang"),
                ("cancel", "duplicate"),
            }
        )
        {
            var rows = await Bulk(
                world.Manager,
                new
                {
                    numbers,
                    command,
                    value,
                    note = "批量",
                }
            );
            Of(rows.ShouldHaveSingleItem()).ShouldBe((number, true, null), command);
        }

        var kinds = await world.Kinds(number);
        foreach (var kind in new[] { "tagged", "untagged", "watched", "unwatched", "comment", "cancelled" })
            kinds.Count(line => line == kind).ShouldBe(1, kind);
        var ticket = await world.Ticket(number);
        ((string)ticket["assignee"]!, (string)ticket["status"]!).ShouldBe(("wang.fang", "cancelled"));
        var events = await world.Events(number);
        events.Select(e => e.Message.GetProperty("version").GetInt32()).ShouldBe(Enumerable.Range(1, events.Count));
        events.Single(e => e.Type == "TicketCancelled").Message.GetProperty("reason").GetString().ShouldBe("duplicate");
    }

    [Fact]
    public async Task Many_who_act_on_the_same_tickets_in_any_order_never_lock_each_other_up()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 6; i++)
            numbers.Add(await world.Inquiry());
        var backwards = Enumerable.Reverse(numbers).ToList();

        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(async i =>
                    (
                        await Bulk(
                            world.LiWei,
                            new
                            {
                                numbers = i % 2 == 0 ? numbers : backwards,
                                command = "tag",
                                value = $"t{i}",
                            }
                        )
                    ).ShouldAllBe(row => (bool)row["done"]!)
                )
        );

        foreach (var number in numbers)
            (await world.Ticket(number))["tags"]!.AsArray().Count.ShouldBe(10);
    }

    [Fact]
    public async Task The_same_key_acts_once()
    {
        var number = await world.Inquiry();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tickets:bulk")
            {
                Content = JsonContent.Create(
                    new
                    {
                        numbers = new[] { number },
                        command = "comment",
                        value = "一次",
                    }
                ),
            };
            request.Headers.Add("Idempotency-Key", $"bulk-{number}");
            (await world.LiWei.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        (await world.Kinds(number)).Count(kind => kind == "comment").ShouldBe(1);
    }

    [Fact]
    public async Task What_is_wrong_for_all_is_refused_before_any()
    {
        var number = await world.Inquiry();
        var before = await world.Kinds(number);
        async Task<(int, string)> Refused(object body)
        {
            using var answer = await world.LiWei.PostAsJsonAsync("/v1/tickets:bulk", body);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        string[] one = [number];
        var (status, text) = await Refused(new { numbers = Array.Empty<string>() });
        status.ShouldBe(400);
        JsonNode.Parse(text)!["errors"]!
            .AsArray()
            .Select(error => (string)error!["pointer"]!)
            .ShouldBe(["/numbers", "/command", "/value"]);
        (
            await Refused(
                new
                {
                    numbers = Enumerable.Repeat(number, 101),
                    command = "tag",
                    value = "a",
                }
            )
        ).Item1.ShouldBe(400);
        (
            await Refused(
                new
                {
                    numbers = one,
                    command = "tag",
                    value = "two words",
                }
            )
        ).Item2.ShouldContain("invalid_tag");
        (
            await Refused(
                new
                {
                    numbers = one,
                    command = "cancel",
                    value = "merged",
                }
            )
        ).Item2.ShouldContain("unknown_value");
        (
            await Refused(
                new
                {
                    numbers = one,
                    command = "watch",
                    value = "nobody",
                }
            )
        ).Item2.ShouldContain("unknown_agent");
        (
            await Refused(
                new
                {
                    numbers = one,
                    command = "assign",
                    value = "nobody",
                }
            )
        ).Item2.ShouldContain("unknown_assignee");
        (await world.Kinds(number)).ShouldBe(before);
    }
}
