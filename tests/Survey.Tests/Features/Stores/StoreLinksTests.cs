using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Tests.Features.Stores;

public sealed class StoreLinksTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_store_link_is_answered_again_and_again_and_each_response_carries_its_store()
    {
        using var made = await world.Lead.PostAsJsonAsync(
            "/v1/store-links",
            new { store = "SH-07", questionnaire = "ticket-satisfaction" }
        );
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var link = await World.Json(made);
        var url = (string)link["url"]!;

        for (var n = 0; n < 3; n++)
            (await world.Submit(url["/s/".Length..], new { overall = 4 })).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("a.overall", "5"),
            KeyValuePair.Create("version", "1"),
        ]);
        using var sent = await world.Customer.PostAsync(url, form);
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await world.Customer.GetStringAsync(sent.Headers.Location)).ShouldContain("感谢您的评价");

        await using var db = world.Db();
        var id = Guid.Parse((string)link["id"]!);
        var responses = await db.Responses.Where(r => r.StoreLinkId == id).ToListAsync();
        responses.Count.ShouldBe(4);
        responses.ShouldAllBe(r => r.Store == "SH-07" && r.CustomerId == null && r.InvitationId == null);
        var told = await world.Events("store", "SH-07");
        told.Count.ShouldBe(4);
        var page = await world.Customer.GetStringAsync(url);
        page.ShouldNotContain("name=\"action\" value=\"save\"");
    }

    [Fact]
    public async Task Its_code_is_a_picture_for_everybody()
    {
        using var made = await world.Lead.PostAsJsonAsync(
            "/v1/store-links",
            new { store = "SH-08", questionnaire = "ticket-satisfaction" }
        );
        using var svg = await world.Customer.GetAsync((string)(await World.Json(made))["qr"]!);

        svg.StatusCode.ShouldBe(HttpStatusCode.OK);
        svg.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        (await svg.Content.ReadAsStringAsync()).ShouldContain("<svg");
        (await world.Customer.GetAsync($"/v1/store-links/{Guid.CreateVersion7()}.svg")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Fact]
    public async Task Only_what_is_published_can_hang_in_a_store()
    {
        using var unknown = await world.Lead.PostAsJsonAsync(
            "/v1/store-links",
            new { store = "SH-09", questionnaire = "nothing" }
        );
        unknown.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var empty = await world.Lead.PostAsJsonAsync("/v1/store-links", new { store = "" });
        (await World.Json(empty))["errors"]!.AsArray().Count.ShouldBe(2);
    }
}
