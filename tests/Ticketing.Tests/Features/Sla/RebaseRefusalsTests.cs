using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>What a rebase does not take.</summary>
public sealed class RebaseRefusalsTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("?dryRun=perhaps", "{}", 400, "dryRun", "wrong_type")]
    [InlineData("?verbose=1", "{}", 400, "verbose", "unknown_parameter")]
    [InlineData("?limit=0", "{}", 400, "limit", "out_of_range")]
    [InlineData("", """{"policy":"nowhere"}""", 422, "/policy", "unknown_policy")]
    [InlineData("", """{"calendar":"nowhere"}""", 422, "/calendar", "unknown_calendar")]
    [InlineData("", """{"tickets":["R26-none"]}""", 422, "/tickets/0", "unknown_ticket")]
    [InlineData("", """{"clocks":[]}""", 400, "/clocks", "unknown_member")]
    public async Task What_cannot_be_rebased_is_refused(
        string query,
        string body,
        int expected,
        string pointer,
        string code
    )
    {
        var (status, problem) = await Post(world.Admin, JsonNode.Parse(body)!, query);
        ((int)status).ShouldBe(expected, problem.ToJsonString());
        problem["errors"]!
            .AsArray()
            .Select(error => ((string)error!["pointer"]!, (string)error["code"]!))
            .ShouldContain((pointer, code));
    }

    [Fact]
    public async Task Only_administrators_rebase() =>
        (await Post(world.Manager, new { })).Status.ShouldBe(HttpStatusCode.Forbidden);

    private static async Task<(HttpStatusCode Status, JsonNode Body)> Post(
        HttpClient by,
        object body,
        string query = ""
    )
    {
        using var answer = await by.PostAsJsonAsync("/v1/sla/rebase" + query, body);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
