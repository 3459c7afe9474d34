using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Relating;

/// <summary>Two tickets belong together: both say so, and whoever links sees both.</summary>
public sealed class LinkTicketsTests(World world) : IClassFixture<World>
{
    private static Task<HttpResponseMessage> Link(HttpClient by, string number, string other, string kind) =>
        by.PostAsJsonAsync($"/v1/tickets/{number}/links", new { number = other, kind });

    private static async Task<List<(string Number, string Kind)>> Links(HttpClient by, string number)
    {
        var page = JsonNode.Parse(await by.GetStringAsync($"/v1/tickets/{number}/links"))!;
        return [.. page["items"]!.AsArray().Select(link => ((string)link!["number"]!, (string)link["kind"]!))];
    }

    private static async Task ShouldBe(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        ((string)JsonNode.Parse(text)!["code"]!).ShouldBe(code);
    }

    [Theory]
    [InlineData("related", "related")]
    [InlineData("duplicate_of", "has_duplicate")]
    [InlineData("caused_by", "causes")]
    [InlineData("follows", "followed_by")]
    public async Task A_link_is_seen_and_told_from_both_sides(string kind, string back)
    {
        var (one, two) = (await world.Inquiry(), await world.Inquiry());
        using var made = await Link(world.LiWei, one, two, kind);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var view = JsonNode.Parse(await made.Content.ReadAsStringAsync())!;
        ((string)view["number"]!, (string)view["kind"]!, (string)view["subject"]!).ShouldBe((two, kind, "订单漏发"));

        (await Links(world.LiWei, one)).ShouldBe([(two, kind)]);
        (await Links(world.LiWei, two)).ShouldBe([(one, back)]);
        foreach (var (number, seen, other) in new[] { (one, kind, two), (two, back, one) })
        {
            var line = (await world.Timeline(number)).Single(line => (string)line["kind"]! == "linked");
            ((string)line["details"]!["kind"]!).ShouldBe(seen);
            ((string)line["details"]!["number"]!).ShouldBe(other);
        }

        await ShouldBe(await Link(world.LiWei, one, two, kind), HttpStatusCode.Conflict, "already_linked");
        await ShouldBe(await Link(world.LiWei, two, one, kind), HttpStatusCode.Conflict, "already_linked");

        for (var i = 0; i < 2; i++)
            (await world.LiWei.DeleteAsync($"/v1/tickets/{two}/links/{one}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Links(world.LiWei, one)).ShouldBeEmpty();
        (await world.Kinds(one)).Count(line => line == "unlinked").ShouldBe(1);
        (await world.Kinds(two)).Count(line => line == "unlinked").ShouldBe(1);
    }

    [Fact]
    public async Task Duplicates_never_lead_back_to_where_they_began()
    {
        string[] all = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Inquiry()))];
        for (var i = 0; i < 3; i++)
            (await Link(world.LiWei, all[i], all[i + 1], "duplicate_of")).StatusCode.ShouldBe(HttpStatusCode.Created);

        await ShouldBe(await Link(world.LiWei, all[2], all[0], "duplicate_of"), HttpStatusCode.Conflict, "link_circle");
        await ShouldBe(await Link(world.LiWei, all[3], all[0], "duplicate_of"), HttpStatusCode.Conflict, "link_circle");
        using var merge = await world.LiWei.PostAsJsonAsync($"/v1/tickets/{all[3]}/merges", new { into = all[0] });
        await ShouldBe(merge, HttpStatusCode.Conflict, "link_circle");
        // Another way to the same end is no circle, and neither is another kind.
        (await Link(world.LiWei, all[0], all[3], "duplicate_of")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Link(world.LiWei, all[3], all[1], "related")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Links(world.LiWei, all[2])).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_links_or_sees_through_a_link_what_is_not_theirs()
    {
        var mine = await world.Inquiry();
        var theirs = await world.Open(Requests.Of(world.Now, Contracts.Category.BusinessHandling));
        await ShouldBe(
            await Link(world.LiWei, mine, theirs, "related"),
            HttpStatusCode.UnprocessableEntity,
            "unknown_ticket"
        );
        await ShouldBe(
            await Link(world.LiWei, mine, "R26-9999999", "related"),
            HttpStatusCode.UnprocessableEntity,
            "unknown_ticket"
        );
        (await Link(world.LiWei, theirs, mine, "related")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await Link(world.Manager, mine, theirs, "related")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Links(world.Manager, mine)).ShouldBe([(theirs, "related")]);
        (await Links(world.LiWei, mine)).ShouldBeEmpty();
        (await world.LiWei.DeleteAsync($"/v1/tickets/{mine}/links/{theirs}")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await Links(world.Manager, mine)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_link_is_refused_and_nothing_of_it_stays()
    {
        var (one, two) = (await world.Inquiry(), await world.Inquiry());
        await ShouldBe(await Link(world.LiWei, one, one, "related"), HttpStatusCode.UnprocessableEntity, "same_ticket");
        using var wrong = await world.LiWei.PostAsJsonAsync($"/v1/tickets/{one}/links", new { });
        JsonNode.Parse(await wrong.Content.ReadAsStringAsync())!["errors"]!
            .AsArray()
            .Select(error => (string)error!["pointer"]!)
            .ShouldBe(["/number", "/kind"]);
        (await Link(world.LiWei, one, two, "merged_into")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        await World.Do(world.LiWei, two, "cancellation", new { reason = "spam" });
        using var keyed = new HttpRequestMessage(HttpMethod.Post, $"/v1/tickets/{one}/links")
        {
            Content = JsonContent.Create(new { number = two, kind = "related" }),
        };
        // With a key the filter saves after us: the half that agreed must not slip through.
        keyed.Headers.Add("Idempotency-Key", "half");
        await ShouldBe(await world.LiWei.SendAsync(keyed), HttpStatusCode.Conflict, "illegal_transition");
        (await Links(world.LiWei, one)).ShouldBeEmpty();
        (await world.Kinds(one)).ShouldNotContain("linked");
        ((int)(await world.Ticket(one))["version"]!).ShouldBe(2, "opened and assigned");
    }

    [Fact]
    public async Task Links_in_every_direction_at_once_wait_for_nobody_in_a_circle()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 4; i++)
            numbers.Add(await world.Inquiry());
        var pairs = from one in numbers from two in numbers where one != two select (one, two);

        var answers = await Task.WhenAll(
            pairs.Select(async pair => (await Link(world.LiWei, pair.one, pair.two, "related")).StatusCode)
        );

        answers.Count(status => status == HttpStatusCode.Created).ShouldBe(6);
        answers.Count(status => status == HttpStatusCode.Conflict).ShouldBe(6);
        foreach (var number in numbers)
            (await Links(world.LiWei, number)).Count.ShouldBe(3);
    }
}
