using System.Net;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Intake.Tests.Features.Requests;

public class ListRequestsTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static async Task<JsonObject> List(HttpClient client, string query = "")
    {
        var response = await client.GetAsync($"/v1/requests{query}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.Json();
    }

    private static List<string> Numbers(JsonNode page) =>
        [.. page["items"]!.AsArray().Select(item => (string)item!["number"]!)];

    private async Task<List<string>> Store(HttpClient client, int count)
    {
        var numbers = new List<string>();
        for (var i = 0; i < count; i++)
        {
            intake.Clock.Advance(TimeSpan.FromMilliseconds(5));
            numbers.Add((string)(await client.Accepted(ShopRequest.Example()))["number"]!);
        }

        return numbers;
    }

    [Fact]
    public async Task Pages_follow_each_other_newest_first_and_new_requests_do_not_shift_them()
    {
        var shop = intake.Shop("paging-system");
        var stored = await Store(shop, 7);

        var first = await List(shop, "?limit=3");
        await Store(shop, 2);
        var second = await List(shop, $"?limit=3&cursor={first["nextCursor"]}");
        await Store(shop, 1);
        var third = await List(shop, $"?limit=3&cursor={second["nextCursor"]}");

        third["nextCursor"].ShouldBeNull();
        Numbers(first).Concat(Numbers(second)).Concat(Numbers(third)).ShouldBe(Enumerable.Reverse(stored));
    }

    [Fact]
    public async Task The_oldest_come_first_where_that_is_asked_for()
    {
        var shop = intake.Shop("sorting-system");
        var stored = await Store(shop, 5);

        var first = await List(shop, "?sort=recordedAt&limit=3");
        await Store(shop, 1);
        var second = await List(shop, $"?sort=recordedAt&limit=2&cursor={first["nextCursor"]}");

        Numbers(first).Concat(Numbers(second)).ShouldBe(stored);
        Numbers(await List(shop, "?sort=-recordedAt")).ShouldBe(Numbers(await List(shop)));
        (await shop.GetAsync("/v1/requests?sort=weather")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_page_points_to_the_next_with_a_link()
    {
        var shop = intake.Shop("link-system");
        await Store(shop, 2);
        var response = await shop.GetAsync("/v1/requests?limit=1&channel=app");

        var next = response.Headers.GetValues("Link").Single();
        next.ShouldStartWith("</v1/requests?");
        next.ShouldContain("channel=app");
        next.ShouldEndWith("rel=\"next\"");
    }

    [Fact]
    public async Task It_narrows_by_status_channel_customer_and_time()
    {
        var shop = intake.Shop("filter-system");
        var early = await shop.Accepted(
            Tests
                .ShopRequest.Example()
                .With("receivedAt", "2026-11-20T00:00:00Z")
                .With("channel", "phone")
                .With("customer", new JsonObject { ["externalId"] = "F-1" })
        );
        var late = await shop.Accepted(ShopRequest.Example().With("receivedAt", "2026-11-21T01:00:00Z"));
        var (one, two) = ((string)early["number"]!, (string)late["number"]!);

        Numbers(await List(shop, "?status=received")).ShouldBe([two, one], ignoreOrder: true);
        Numbers(await List(shop, "?status=closed")).ShouldBeEmpty();
        Numbers(await List(shop, "?channel=phone")).ShouldBe([one]);
        Numbers(await List(shop, "?customer=F-1")).ShouldBe([one]);
        Numbers(await List(shop, "?customer=nobody")).ShouldBeEmpty();
        Numbers(await List(shop, "?from=2026-11-20T00:00:00.000001Z")).ShouldBe([two]);
        Numbers(await List(shop, "?from=2026-11-20T08:00:00%2B08:00&to=2026-11-21T01:00:00Z")).ShouldBe([one]);
        Numbers(await List(shop, "?from=2026-11-20T08:00:00+08:00&channel=app&status=received")).ShouldBe([two]);
    }

    [Fact]
    public async Task Lines_are_masked_even_for_those_who_may_read_more()
    {
        await Store(intake.Shop("masked-system"), 1);
        var page = await List(intake.As("zhao.min", "manager", scopes: ["pii:read"]));
        foreach (var item in page["items"]!.AsArray())
            ((string?)item!["customer"]!["phone"])?.ShouldContain("****");
        page.ToJsonString().ShouldNotContain("13800001234");
    }

    [Fact]
    public async Task Everybody_sees_their_own_rows_only()
    {
        var mine = await Store(intake.Shop("scope-system"), 2);
        Numbers(await List(intake.Shop("scope-system"))).ShouldBe(mine, ignoreOrder: true);
        Numbers(await List(intake.Shop("nobody-system"))).ShouldBeEmpty();
        Numbers(await List(intake.As("nobody", "agent", teams: ["front-line"]))).ShouldBeEmpty();
        Numbers(await List(intake.As("zhao.min", "manager"), "?limit=200")).ShouldContain(mine[0]);
    }

    [Theory]
    [InlineData("?colour=red", "colour", "unknown_parameter")]
    [InlineData("?sort=number", "sort", "unknown_value")]
    [InlineData("?limit=0", "limit", "out_of_range")]
    [InlineData("?limit=201", "limit", "out_of_range")]
    [InlineData("?cursor=abc", "cursor", "invalid_cursor")]
    [InlineData("?status=lost", "status", "unknown_value")]
    [InlineData("?channel=pigeon", "channel", "unknown_value")]
    [InlineData("?from=yesterday", "from", "invalid_instant")]
    [InlineData("?to=5", "to", "invalid_instant")]
    public async Task A_query_that_is_not_known_is_refused(string query, string pointer, string code)
    {
        var response = await intake.Shop().GetAsync($"/v1/requests{query}");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await response.Json())["errors"]!.AsArray().Single()!;
        ((string)error["pointer"]!, (string)error["code"]!).ShouldBe((pointer, code));
    }
}
