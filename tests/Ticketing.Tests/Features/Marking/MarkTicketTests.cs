using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Marking;

/// <summary>Tags and watchers: there or not there, however often it is said.</summary>
public sealed class MarkTicketTests(World world) : IClassFixture<World>
{
    private static string Path(string number, string rest) =>
        $"/v1/tickets/{number}/{string.Join('/', rest.Split('/').Select(Uri.EscapeDataString))}";

    private async Task<JsonNode> Put(string number, string rest)
    {
        using var answer = await world.LiWei.PutAsync(Path(number, rest), null);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private static string[] Words(JsonNode ticket, string member) =>
        [.. ticket[member]!.AsArray().Select(word => (string)word!)];

    private async Task<string[]> Numbers(string query, HttpClient? by = null)
    {
        var page = JsonNode.Parse(await (by ?? world.LiWei).GetStringAsync($"/v1/tickets?{query}"))!;
        return [.. page["items"]!.AsArray().Select(ticket => (string)ticket!["number"]!)];
    }

    [Fact]
    public async Task A_tag_is_there_once_in_one_form_and_finds_its_tickets()
    {
        var number = await world.Inquiry();
        var other = await world.Inquiry();
        var tagged = await Put(number, "tags/ＶＩＰ-补发");
        Words(tagged, "tags").ShouldBe(["vip-补发"]);
        var again = await Put(number, "tags/vip-补发");

        ((int)again["version"]!).ShouldBe((int)tagged["version"]!, "nothing has changed");
        (await world.Kinds(number)).Count(kind => kind == "tagged").ShouldBe(1);
        (await Numbers($"tag={Uri.EscapeDataString("VIP-补发")}")).ShouldBe([number]);
        (await Numbers("tag=nothing")).ShouldBeEmpty();
        (await Numbers("limit=200")).ShouldContain(other);

        for (var i = 0; i < 2; i++)
        {
            using var gone = await world.LiWei.DeleteAsync(Path(number, "tags/vip-补发"));
            gone.StatusCode.ShouldBe(HttpStatusCode.OK);
            Words(JsonNode.Parse(await gone.Content.ReadAsStringAsync())!, "tags").ShouldBeEmpty();
        }
        (await world.Kinds(number)).Count(kind => kind == "untagged").ShouldBe(1);
        (await Numbers($"tag={Uri.EscapeDataString("vip-补发")}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("two words", "invalid_tag")]
    [InlineData("012345678901234567890123456789012345678901234567890", "invalid_tag")]
    [InlineData("13800001234", "personal_data")]
    public async Task A_tag_names_a_matter_shortly(string tag, string code)
    {
        var number = await world.Inquiry();
        using var answer = await world.LiWei.PutAsync(Path(number, $"tags/{tag}"), null);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray();
        errors.Select(error => ((string)error!["pointer"]!, (string)error["code"]!)).ShouldContain(("/tag", code));
    }

    [Fact]
    public async Task A_ticket_has_room_for_thirty_tags_even_when_two_add_at_once()
    {
        var number = await world.Inquiry();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 33).Select(i => world.LiWei.PutAsync(Path(number, $"tags/t{i}"), null))
        );
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(30);
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("too_many_tags");
        Words(await world.Ticket(number), "tags").Length.ShouldBe(30);
    }

    [Fact]
    public async Task A_watcher_is_an_agent_that_is_known()
    {
        var number = await world.Inquiry();
        Words(await Put(number, "watchers/wang.fang"), "watchers").ShouldBe(["wang.fang"]);
        (await Numbers("watching=wang.fang", world.Manager)).ShouldBe([number]);
        (await Numbers("watching=li.wei", world.Manager)).ShouldBeEmpty();

        using var nobody = await world.LiWei.PutAsync(Path(number, "watchers/nobody"), null);
        nobody.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await nobody.Content.ReadAsStringAsync()).ShouldContain("unknown_agent");

        using var gone = await world.LiWei.DeleteAsync(Path(number, "watchers/wang.fang"));
        gone.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Numbers("watching=wang.fang", world.Manager)).ShouldBeEmpty();
        var kinds = await world.Kinds(number);
        (kinds.Count(kind => kind == "watched"), kinds.Count(kind => kind == "unwatched")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Nobody_marks_what_they_do_not_see_nor_what_is_cancelled_nor_another_version()
    {
        var number = await world.Inquiry();
        var stranger = world.As("zhou.jun", ["agent"], "order-service");
        (await stranger.PutAsync(Path(number, "tags/x"), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PutAsync(Path(number, "watchers/zhou.jun"), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var stale = new HttpRequestMessage(HttpMethod.Put, Path(number, "tags/x"));
        stale.Headers.IfMatch.Add(new EntityTagHeaderValue("\"99\""));
        (await world.LiWei.SendAsync(stale)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);

        await World.Do(world.LiWei, number, "cancellation", new { reason = "spam" });
        using var late = await world.LiWei.PutAsync(Path(number, "tags/x"), null);
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await late.Content.ReadAsStringAsync()).ShouldContain("illegal_transition");
    }
}
