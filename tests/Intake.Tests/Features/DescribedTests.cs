using System.Text.Json.Nodes;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Intake.Tests.Features;

/// <summary>What an integrator reads before the first request.</summary>
public class DescribedTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private async Task<JsonNode> Document() =>
        JsonNode.Parse(await intake.Host.Client().GetStringAsync("/openapi/v1.json"))!;

    [Fact]
    public async Task The_body_of_a_request_says_what_is_needed_and_which_words_it_knows()
    {
        var form = (await Document())["components"]!["schemas"]!["RequestForm"]!;

        form["required"]!
            .AsArray()
            .Select(name => (string)name!)
            .ShouldBe(["source", "channel", "type", "customer"], ignoreOrder: true);
        form["properties"]!["channel"]!["enum"]!.AsArray().Select(word => (string)word!).ShouldContain("mini_program");
        form["properties"]!["urgency"]!["enum"]!
            .AsArray()
            .Select(word => (string?)word)
            .ShouldBe(["normal", "urgent", "critical", null]);
        form["properties"]!["subject"]!["type"]!.ToJsonString().ShouldContain("string");
        ((string)form["properties"]!["receivedAt"]!["format"]!).ShouldBe("date-time");
    }

    [Fact]
    public async Task The_example_of_a_request_is_accepted_as_it_stands()
    {
        var operation = (await Document())["paths"]!["/v1/requests"]!["post"]!;
        var example = operation["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString();
        using var body = new StringContent(example, System.Text.Encoding.UTF8, "application/json");

        var answer = await intake.Shop().PostAsync("/v1/requests", body);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Keys_filters_and_pages_are_described()
    {
        var paths = (await Document())["paths"]!["/v1/requests"]!;

        Names(paths["post"]!).ShouldContain("Idempotency-Key");
        Names(paths["get"]!).ShouldBe(["status", "channel", "customer", "from", "to", "sort", "limit", "cursor"]);

        static IEnumerable<string> Names(JsonNode operation) =>
            operation["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!);
    }

    [Fact]
    public async Task Every_operation_tells_its_whole_contract()
    {
        (await ApiRules.Missing(intake.Host.Client(), "Intake")).ShouldBeEmpty();
    }
}
