using System.Net;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.StatusPage;

public sealed class GetStatusLinkTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_service_gets_the_link_that_the_customer_can_open()
    {
        var number = await world.Inquiry();
        var notifications = world.As("notifications", ["service"]);
        var link = JsonNode.Parse(await notifications.GetStringAsync($"/internal/tickets/{number}/status-link"))!;
        var page = await world.Host.Client().GetAsync((string)link["url"]!);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain(number);
        (await notifications.GetAsync("/internal/tickets/R26-9999999/status-link")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Fact]
    public async Task Nobody_else_gets_it()
    {
        var path = $"/internal/tickets/{await world.Inquiry()}/status-link";
        (await world.Admin.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await world.Host.Client().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
