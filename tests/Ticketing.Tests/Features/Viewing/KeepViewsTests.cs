using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Viewing;

/// <summary>Saved views: one's own, and those that others share.</summary>
public sealed class KeepViewsTests(World world) : IClassFixture<World>
{
    private static object Urgent(string name, bool shared = false) =>
        new
        {
            name,
            shared,
            filters = new
            {
                urgency = "urgent",
                tag = "双十一",
                sort = "openedAt",
            },
        };

    private static async Task<JsonNode> Save(HttpClient by, object view)
    {
        using var answer = await by.PostAsJsonAsync("/v1/views", view);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<string[]> Names(HttpClient by)
    {
        var page = JsonNode.Parse(await by.GetStringAsync("/v1/views?limit=200"))!;
        return [.. page["items"]!.AsArray().Select(view => (string)view!["name"]!)];
    }

    private static async Task<HttpResponseMessage> Change(
        HttpClient by,
        HttpMethod method,
        JsonNode view,
        string? tag,
        object? body = null
    )
    {
        using var request = new HttpRequestMessage(method, $"/v1/views/{view["id"]}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (tag is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(tag));
        return await by.SendAsync(request);
    }

    [Fact]
    public async Task A_view_names_a_list_that_can_be_asked_for()
    {
        var view = await Save(world.LiWei, Urgent("加急"));
        ((bool)view["mine"]!, (int)view["version"]!).ShouldBe((true, 1));
        var url = (string)view["url"]!;
        url.ShouldStartWith("/v1/tickets?");
        var number = await world.Open(Requests.Of(world.Now, urgency: Contracts.Urgency.Urgent));
        await world.LiWei.PutAsync($"/v1/tickets/{number}/tags/双十一", null);
        (await world.LiWei.GetStringAsync(url)).ShouldContain(number);
        (await Names(world.LiWei)).ShouldContain("加急");
    }

    [Fact]
    public async Task Only_what_is_shared_exists_for_others_and_only_its_owner_changes_it()
    {
        var own = await Save(world.LiWei, Urgent("自己的"));
        var shared = await Save(world.LiWei, Urgent("共享的", shared: true));
        (await Names(world.Manager)).ShouldContain("共享的");
        (await Names(world.Manager)).ShouldNotContain("自己的");
        (await world.Manager.GetAsync($"/v1/views/{own["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var seen = JsonNode.Parse(await world.Manager.GetStringAsync($"/v1/views/{shared["id"]}"))!;
        ((bool)seen["mine"]!, (string)seen["owner"]!).ShouldBe((false, "li.wei"));
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete })
        {
            var body = method == HttpMethod.Put ? Urgent("x") : null;
            (await Change(world.Manager, method, shared, "\"1\"", body)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_change_names_the_version_that_it_is_meant_for()
    {
        var view = await Save(world.LiWei, Urgent("旧"));
        (await Change(world.LiWei, HttpMethod.Put, view, null, Urgent("新"))).StatusCode.ShouldBe(
            HttpStatusCode.PreconditionRequired
        );
        using var changed = await Change(world.LiWei, HttpMethod.Put, view, "\"1\"", Urgent("新"));
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        changed.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await Change(world.LiWei, HttpMethod.Delete, view, "\"1\"")).StatusCode.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
        (await Names(world.LiWei)).ShouldContain("新");
        (await Change(world.LiWei, HttpMethod.Delete, view, "\"2\"")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Names(world.LiWei)).ShouldNotContain("新");
    }

    [Fact]
    public async Task A_put_on_an_unknown_id_makes_it_the_callers()
    {
        var view = new JsonObject { ["id"] = $"{Guid.CreateVersion7()}" };
        (await Change(world.LiWei, HttpMethod.Put, view, "\"1\"", Urgent("x"))).StatusCode.ShouldBe(
            HttpStatusCode.PreconditionFailed
        );
        using var made = await Change(world.LiWei, HttpMethod.Put, view, null, Urgent("自定的"));
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        (made.Headers.ETag!.Tag, $"{made.Headers.Location}").ShouldBe(("\"1\"", $"/v1/views/{view["id"]}"));
        var shown = JsonNode.Parse(await made.Content.ReadAsStringAsync())!;
        ((string)shown["id"]!, (bool)shown["mine"]!).ShouldBe(((string)view["id"]!, true));

        (await Change(world.LiWei, HttpMethod.Put, view, null, Urgent("x"))).StatusCode.ShouldBe(
            HttpStatusCode.PreconditionRequired
        );
        // An id that somebody else's hidden view has: it is neither shown nor taken over.
        (await Change(world.Manager, HttpMethod.Put, view, null, Urgent("x"))).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Fact]
    public async Task A_put_of_what_is_no_view_makes_none()
    {
        var view = new JsonObject { ["id"] = $"{Guid.CreateVersion7()}" };
        (await Change(world.LiWei, HttpMethod.Put, view, null, Urgent(""))).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await world.LiWei.GetAsync($"/v1/views/{view["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_filter_that_the_list_would_refuse_is_refused_here()
    {
        using var answer = await world.LiWei.PostAsJsonAsync(
            "/v1/views",
            new
            {
                name = "",
                filters = new
                {
                    status = "nearly_done",
                    colour = "red",
                    tag = "two words",
                    breached = "yes",
                    sort = "colour",
                    q = "漏发",
                },
            }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!
            .AsArray()
            .Select(error => ((string)error!["pointer"]!, (string)error["code"]!))
            .ShouldBe(
                [
                    ("/name", "required"),
                    ("/filters/status", "unknown_value"),
                    ("/filters/colour", "unknown_parameter"),
                    ("/filters/tag", "invalid_tag"),
                    ("/filters/breached", "unknown_value"),
                    ("/filters/sort", "unknown_value"),
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task Everybody_keeps_a_bounded_number()
    {
        var hoarder = world.As("hoarder", ["agent"], "front-line");
        for (var i = 0; i < 50; i++)
            await Save(hoarder, Urgent($"v{i}"));
        using var one = await hoarder.PostAsJsonAsync("/v1/views", Urgent("51"));
        one.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await one.Content.ReadAsStringAsync()).ShouldContain("too_many_views");
    }
}
