using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>What an administrator's tool reads before it calls.</summary>
public sealed class DescribedTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("/v1/sla/simulate", "post")]
    [InlineData("/v1/sla/rebase", "post")]
    [InlineData("/v1/sla/policies:import", "post")]
    [InlineData("/v1/sla/calendars/{id}/preview", "get")]
    [InlineData("/v1/sla/calendars/{id}/preview", "post")]
    [InlineData("/v1/sla/calendars/{id}/imports", "post")]
    [InlineData("/v1/sla/calendars/{id}/imports/{proposal}", "get")]
    [InlineData("/v1/sla/calendars/{id}/imports/{proposal}/approval", "post")]
    public async Task Each_route_has_a_summary_and_an_answer(string path, string method)
    {
        var document = (await world.Host.Client().GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;
        var operation = document["paths"]![path]![method]!;
        ((string)operation["summary"]!).ShouldNotBeEmpty();
        operation["responses"]!
            .AsObject()
            .Where(answer => answer.Key.StartsWith('2'))
            .ShouldAllBe(answer => answer.Value!["content"] != null);
    }

    [Fact]
    public async Task Every_operation_tells_its_whole_contract()
    {
        // Why a step of the ladder only told: words of the timeline, answered to nobody.
        string[] ofTheLadder = ["nobody_found", "already_assigned", "already_critical"];
        (await ApiRules.Missing(world.Host.Client(), "Ticketing"))
            .Except(ofTheLadder.Select(code => $"no operation tells {code}"))
            .ShouldBeEmpty();
    }
}
