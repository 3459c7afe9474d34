using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Intake.Tests.Features.Classifying;

public class PutClassificationRulesTests : IAsyncLifetime
{
    private const string Path = "/v1/classification-rules";

    private readonly IntakeHost intake = new();

    public ValueTask InitializeAsync() => intake.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return intake.DisposeAsync();
    }

    private static JsonObject Rules(string id, string set) =>
        JsonNode
            .Parse(
                $$"""{ "rules": [ { "id": "{{id}}", "match": { "anyWords": ["漏发"] }, "set": {{set}}, "confidence": 0.9 } ] }"""
            )!
            .AsObject();

    private Task<HttpResponseMessage> Put(JsonNode body, string? ifMatch, string role = "admin")
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return intake.As("boss", role).SendAsync(request);
    }

    [Fact]
    public async Task A_new_version_decides_the_next_request_on_every_replica_and_changes_none_before()
    {
        await using var replica = new ServiceHost<IntakeDbContext>(intake.Database, clock: intake.Clock);
        var shops = new[] { intake.Shop(), replica.Client(TestTokens.For("shop-system", roles: ["integration"])) };
        var before = await shops[1].Accepted(ShopRequest.Example());

        var put = await Put(Rules("mine", """{ "complaintLevel": 1, "emotion": "upset" }"""), "\"1\"");
        put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        put.Headers.ETag!.Tag.ShouldBe("\"2\"");

        foreach (var shop in shops)
        {
            var after = await shop.Accepted(ShopRequest.Example());
            var shown = JsonNode.Parse(await shop.GetStringAsync($"/v1/requests/{after["number"]}"))!;
            ((int)shown["complaintLevel"]!).ShouldBe(1);
            ((string)shown["emotion"]!).ShouldBe("upset");
            ((string)shown["classification"]!["ruleId"]!).ShouldBe("mine");
            ((int)shown["classification"]!["rulesVersion"]!).ShouldBe(2);
        }

        var first = JsonNode.Parse(await shops[0].GetStringAsync($"/v1/requests/{before["number"]}"))!;
        ((int)first["classification"]!["rulesVersion"]!).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_shown_can_be_sent_back()
    {
        var admin = intake.As("boss", "admin");
        var got = await admin.GetAsync(Path);
        var shown = await got.Json();
        got.Headers.ETag!.Tag.ShouldBe("\"1\"");
        shown["rules"]!.AsArray().Count.ShouldBeGreaterThan(20);

        var put = await Put(shown, got.Headers.ETag.Tag);
        put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        var now = await admin.GetFromJsonAsync<JsonObject>(Path);
        ((int)now!["version"]!).ShouldBe(2);
        ((string)now["putBy"]!).ShouldBe("boss");
        JsonNode.DeepEquals(now["rules"], shown["rules"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_change_names_the_version_it_is_meant_for()
    {
        var body = Rules("mine", """{ "complaintLevel": 1 }""");
        (await Put(body, null)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await Put(body, "\"7\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Put(body, "nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Put(body, "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Put(body, "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Put(body, "*")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_many_changes_to_one_version_one_wins()
    {
        var body = Rules("mine", """{ "complaintLevel": 1 }""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Put(body, "\"1\"")));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(9);
        (await intake.Sql<int>("SELECT max(version) FROM classification_rules")).ShouldBe(2);
    }

    [Theory]
    [InlineData("""{ }""", "/rules", "required")]
    [InlineData("""{ "rules": [ null ] }""", "/rules/0", "required")]
    [InlineData("""{ "rules": [ { "id": "a", "set": {} } ] }""", "/rules/0/set", "required")]
    [InlineData(
        """{ "rules": [ { "id": "a", "set": { "complaintLevel": 5 } } ] }""",
        "/rules/0/set/complaintLevel",
        "out_of_range"
    )]
    [InlineData(
        """{ "rules": [ { "id": "a", "set": { "category": "riddle" } } ] }""",
        "/rules/0/set/category",
        "unknown_value"
    )]
    [InlineData("""{ "rules": [ { "id": "a", "when": {} } ] }""", "/rules/0/when", "unknown_member")]
    public async Task What_cannot_be_a_rule_is_refused_and_nothing_changes(string body, string pointer, string code)
    {
        var response = await Put(JsonNode.Parse(body)!, "\"1\"");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await response.Json())["errors"]!.AsArray().Single()!;
        ((string)error["pointer"]!, (string)error["code"]!).ShouldBe((pointer, code));
        (await intake.Sql<int>("SELECT max(version) FROM classification_rules")).ShouldBe(1);
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("lead")]
    [InlineData("manager")]
    [InlineData("integration")]
    public async Task Only_an_admin_may_change_them(string role) =>
        (await Put(Rules("mine", """{ "complaintLevel": 1 }"""), "\"1\"", role)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
}
