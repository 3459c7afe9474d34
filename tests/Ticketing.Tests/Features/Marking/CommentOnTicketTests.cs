using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Marking;

/// <summary>Comments: public ones reach the customer, internal ones nobody outside, and neither is work done.</summary>
public sealed class CommentOnTicketTests(World world) : IClassFixture<World>
{
    private const string Secret = "客户上次也投诉过，注意态度";

    [Fact]
    public async Task A_public_comment_is_on_the_customers_page_and_an_internal_one_is_not()
    {
        var number = await world.InProgress();
        await World.Do(world.LiWei, number, "comments", new { text = Secret });
        var ticket = await World.Do(
            world.LiWei,
            number,
            "comments",
            new { text = "仓库在点货，电话13800001234有人接听", @public = true }
        );
        ((string)ticket["status"]!).ShouldBe("in_progress");

        var customer = world.Host.Client();
        var page = await customer.GetStringAsync((string)ticket["statusUrl"]!);
        page.ShouldContain("客服留言");
        page.ShouldContain("仓库在点货，电话138****1234有人接听");
        page.ShouldNotContain(Secret);

        using var json = new HttpRequestMessage(HttpMethod.Get, (string)ticket["statusUrl"]!);
        json.Headers.Accept.ParseAdd("application/json");
        using var answer = await customer.SendAsync(json);
        var text = await answer.Content.ReadAsStringAsync();
        JsonNode.Parse(text)!["progress"]!
            .AsArray()
            .Count(step => (string)step!["kind"]! == "public_comment")
            .ShouldBe(1);
        text.ShouldNotContain("投诉过");
    }

    [Fact]
    public async Task A_comment_is_no_contact_and_no_clock_hears_of_it()
    {
        var number = await world.Inquiry();
        var before = await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla");

        var ticket = await World.Do(world.LiWei, number, "comments", new { text = "您好，我们看到了", @public = true });

        ((string)ticket["status"]!).ShouldBe("assigned");
        ticket["firstContactAt"].ShouldBeNull();
        (await world.Manager.GetStringAsync($"/v1/tickets/{number}/sla")).ShouldBe(before);
        (await world.Events(number)).Count(e => e.Type == "CustomerContacted").ShouldBe(0);
        var line = (await world.Timeline(number)).Single(line => (string)line["kind"]! == "public_comment");
        ((string)line["by"]!, (string)line["text"]!).ShouldBe(("li.wei", "您好，我们看到了"));
    }

    [Fact]
    public async Task Another_system_neither_reads_nor_finds_what_colleagues_tell_each_other()
    {
        var number = await world.Open(Requests.Of(world.Now, recordedBy: "shop"));
        await World.Do(world.LiWei, number, "comments", new { text = "疑似羊毛党" });
        await World.Do(world.LiWei, number, "comments", new { text = "已为您加急", @public = true });
        var shop = world.As("shop", ["integration"]);

        var timeline = await shop.GetStringAsync($"/v1/tickets/{number}/timeline");
        timeline.ShouldContain("已为您加急");
        timeline.ShouldNotContain("羊毛党");
        (await Found(shop, "羊毛党")).ShouldBe(0);
        (await Found(shop, "加急")).ShouldBe(1);
        (await Found(world.LiWei, "羊毛党")).ShouldBe(1);
    }

    [Fact]
    public async Task A_comment_says_something_and_a_cancelled_ticket_takes_none()
    {
        var number = await world.Inquiry();
        using var empty = await world.LiWei.PostAsJsonAsync($"/v1/tickets/{number}/comments", new { text = " " });
        empty.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await empty.Content.ReadAsStringAsync()).ShouldContain("\"/text\"");

        using var stranger = await world
            .As("zhou.jun", ["agent"], "order-service")
            .PostAsJsonAsync($"/v1/tickets/{number}/comments", new { text = "?" });
        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await World.Do(world.LiWei, number, "cancellation", new { reason = "spam" });
        using var late = await world.LiWei.PostAsJsonAsync($"/v1/tickets/{number}/comments", new { text = "?" });
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await late.Content.ReadAsStringAsync()).ShouldContain("illegal_transition");
    }

    private static async Task<int> Found(HttpClient by, string q)
    {
        var page = JsonNode.Parse(await by.GetStringAsync($"/v1/tickets?q={Uri.EscapeDataString(q)}"))!;
        return page["items"]!.AsArray().Count;
    }
}
