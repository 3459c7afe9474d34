using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;

namespace CustomerFeedback.Ticketing.Tests.Features.Tickets;

public sealed class ListTicketsTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("漏发")]
    [InlineData("蓝牙")]
    [InlineData("牙")]
    [InlineData("BLUETOOTH")]
    [InlineData("bluetooth 蓝牙")]
    [InlineData("蓝牙 漏发")]
    public async Task A_search_finds_Chinese_and_English(string q)
    {
        var number = await world.Open(
            Requests.Of(world.Now, subject: "订单漏发", what: $"蓝牙耳机 Bluetooth headset 少了一件")
        );
        var other = await world.Open(Requests.Of(world.Now, subject: "发票", what: "请开发票"));

        var found = await Numbers($"?q={Uri.EscapeDataString(q)}");

        found.ShouldContain(number);
        found.ShouldNotContain(other);
    }

    [Fact]
    public async Task A_search_finds_notes_and_numbers_and_takes_signs_literally()
    {
        var number = await world.InProgress(await world.Open(Requests.Of(world.Now, subject: "询问", what: "尺寸")));
        await World.Do(world.LiWei, number, "responses", new { kind = "answer", text = "仓库缺货 100%" });

        (await Numbers($"?q={Uri.EscapeDataString("缺货")}")).ShouldContain(number);
        (await Numbers($"?q={number}")).ShouldBe([number]);
        (await Numbers($"?q={number[4..]}")).ShouldBe([number]);
        (await Numbers($"?q={Uri.EscapeDataString("100%")}")).ShouldContain(number);
        (await Numbers($"?q={Uri.EscapeDataString("%")}")).ShouldContain(number);
        (await Numbers($"?q={Uri.EscapeDataString("不存在的词")}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Filters_narrow_the_list()
    {
        var number = await world.Open(Requests.Of(world.Now, Category.Complaint, Urgency.Critical, level: 3));
        await world.InProgress(number);

        (
            await Numbers("?status=in_progress&urgency=critical&category=complaint&team=front-line&assignee=li.wei")
        ).ShouldContain(number);
        (await Numbers("?status=closed")).ShouldNotContain(number);
        (await Numbers("?breached=true")).ShouldNotContain(number);
        (await Numbers("?assignee=wang.fang")).ShouldNotContain(number);
    }

    [Fact]
    public async Task The_oldest_come_first_where_that_is_asked_for()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 3; i++)
            numbers.Add(await world.Open(Requests.Of(world.Now, subject: "排序测试")));
        var found = $"?q={Uri.EscapeDataString("排序测试")}";

        (await Numbers($"{found}&sort=openedAt")).ShouldBe(numbers);
        (await Numbers($"{found}&sort=-openedAt")).ShouldBe(Enumerable.Reverse(numbers));
        (await world.Manager.GetAsync("/v1/tickets?sort=dueAt")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Pages_are_stable_while_tickets_are_opened()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 5; i++)
            numbers.Add(await world.Open(Requests.Of(world.Now, subject: "分页测试")));
        var path = $"/v1/tickets?limit=2&q={Uri.EscapeDataString("分页测试")}";

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            using var answer = await world.Manager.GetAsync(path + (cursor is null ? "" : $"&cursor={cursor}"));
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["number"]!));
            cursor = (string?)page["nextCursor"];
            answer.Headers.Contains("Link").ShouldBe(cursor is not null);
            await world.Open(Requests.Of(world.Now, subject: "分页测试"));
        } while (cursor is not null);

        seen.ShouldBe(Enumerable.Reverse(numbers));
    }

    [Theory]
    [InlineData("?status=open")]
    [InlineData("?sort=number")]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?cursor=x")]
    [InlineData("?breached=maybe")]
    public async Task What_the_list_does_not_know_is_refused(string query)
    {
        using var answer = await world.Manager.GetAsync($"/v1/tickets{query}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<List<string>> Numbers(string query)
    {
        var page = await world.Manager.GetFromJsonAsync<JsonNode>($"/v1/tickets{query}");
        return [.. page!["items"]!.AsArray().Select(item => (string)item!["number"]!)];
    }
}
