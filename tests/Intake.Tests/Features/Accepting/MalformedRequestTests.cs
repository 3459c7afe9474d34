using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Intake.Tests.Features.Accepting;

public class MalformedRequestTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private readonly HttpClient shop = intake.Shop();

    public static TheoryData<string, string, string, string> Values { get; } =
        new()
        {
            { "source", "null", "/source", "required" },
            { "source", "\" \"", "/source", "required" },
            { "channel", "null", "/channel", "required" },
            { "channel", "\"pigeon\"", "/channel", "unknown_value" },
            { "channel", "\"App\"", "/channel", "unknown_value" },
            { "type", "null", "/type", "required" },
            { "type", "\"riddle\"", "/type", "unknown_value" },
            { "urgency", "\"asap\"", "/urgency", "unknown_value" },
            { "serviceStage", "\"during\"", "/serviceStage", "unknown_value" },
            { "receivedAt", "\"2026-11-21T01:05:00.000001Z\"", "/receivedAt", "in_future" },
            { "receivedAt", "\"1999-12-31T00:00:00Z\"", "/receivedAt", "out_of_range" },
            { "receivedAt", "\"yesterday\"", "/receivedAt", "invalid_instant" },
            { "receivedAt", "\"2026-11-21T01:00:00\"", "/receivedAt", "invalid_instant" },
            { "receivedAt", "5", "/receivedAt", "invalid_instant" },
            { "language", "\"Chinese please\"", "/language", "invalid_language" },
            { "customer", "null", "/customer", "required" },
            { "customer", "{}", "/customer", "required" },
            { "customer", "{ \"segment\": \"vip\" }", "/customer", "required" },
            { "customer", "{ \"name\": \"张伟\", \"segment\": \"gold\" }", "/customer/segment", "unknown_value" },
            { "customer", "{ \"phone\": \"call me\" }", "/customer/phone", "invalid_phone" },
            { "customer", "{ \"email\": \"nobody\" }", "/customer/email", "invalid_email" },
            { "customer", "{ \"name\": 5 }", "/customer/name", "wrong_type" },
            { "customer", "{ \"name\": \"张伟\", \"age\": 5 }", "/customer/age", "unknown_member" },
            { "customer", "[]", "/customer", "wrong_type" },
            { "subject", "\"nul \\u0000\"", "/subject", "invalid_text" },
            { "description", "\"漏发\"", "/description", "wrong_type" },
            { "attributes", "{ \"a\": { \"b\": 1 } }", "/attributes/a", "wrong_type" },
            { "attributes", "{ \"a/b\": [] }", "/attributes/a~1b", "wrong_type" },
            { "attributes", "{ \"a\": \"\\u0000\" }", "/attributes/a", "invalid_text" },
            { "colour", "\"red\"", "/colour", "unknown_member" },
        };

    [Theory, MemberData(nameof(Values))]
    public async Task A_wrong_value_is_refused_with_its_place_and_code(
        string member,
        string value,
        string pointer,
        string code
    )
    {
        var response = await shop.Send(ShopRequest.Example().With(member, JsonNode.Parse(value)));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await response.Json();
        ((string)problem["code"]!).ShouldBe("malformed");
        var errors = problem["errors"]!.AsArray();
        errors.Select(e => ((string)e!["pointer"]!, (string)e["code"]!)).ShouldBe([(pointer, code)]);
        ((string)errors[0]!["message"]!).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("subject", 200, "/subject")]
    [InlineData("source", 100, "/source")]
    [InlineData("externalId", 200, "/externalId")]
    [InlineData("product", 100, "/product")]
    [InlineData("productVersion", 50, "/productVersion")]
    [InlineData("orderRef", 100, "/orderRef")]
    [InlineData("region", 100, "/region")]
    [InlineData("store", 100, "/store")]
    public async Task Texts_are_bounded(string member, int max, string pointer)
    {
        var unique = Guid.CreateVersion7().ToString("n");
        var fits = unique + new string('长', Math.Max(0, max - unique.Length));
        (await shop.Send(ShopRequest.Example().With(member, fits[..max]))).StatusCode.ShouldBe(HttpStatusCode.Created);

        var problem = await (await shop.Send(ShopRequest.Example().With(member, new string('长', max + 1)))).Json();
        ((string)problem["errors"]![0]!["pointer"]!).ShouldBe(pointer);
        ((string)problem["errors"]![0]!["code"]!).ShouldBe("too_long");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public async Task A_request_without_a_subject_has_the_first_words_of_what_happened_and_without_either_is_refused(
        string? subject
    )
    {
        var accepted = await shop.Accepted(ShopRequest.Example().With("subject", subject));
        var shown = await (await shop.GetAsync($"/v1/requests/{accepted["number"]}")).Json();
        ((string)shown["subject"]!).ShouldBe("订单 A-1001 少发一件");

        var nothing = ShopRequest.Example().With("subject", subject).With("description", null);
        var problem = await (await shop.Send(nothing)).Json();
        ((string)problem["errors"]![0]!["pointer"]!).ShouldBe("/subject");
        ((string)problem["errors"]![0]!["code"]!).ShouldBe("required");
    }

    [Fact]
    public async Task Attributes_are_bounded_in_number_and_length()
    {
        var many = new JsonObject(
            Enumerable.Range(0, 33).Select(i => KeyValuePair.Create($"a{i}", (JsonNode?)JsonValue.Create(i)))
        );
        var tooMany = await (await shop.Send(ShopRequest.Example().With("attributes", many))).Json();
        ((string)tooMany["errors"]![0]!["code"]!).ShouldBe("too_many");

        var tooLong = new JsonObject { ["a"] = new string('x', 501), [new string('n', 65)] = "x" };
        var problem = await (await shop.Send(ShopRequest.Example().With("attributes", tooLong))).Json();
        problem["errors"]!.AsArray().Select(e => (string)e!["code"]!).ShouldBe(["too_long", "invalid_length"]);
    }

    [Fact]
    public async Task All_wrong_values_are_told_at_once()
    {
        var body = ShopRequest
            .Example()
            .With("channel", "pigeon")
            .With("type", null)
            .With("customer", new JsonObject { ["phone"] = "?" })
            .With("receivedAt", "2026-11-22T01:00:00Z");
        var problem = await (await shop.Send(body)).Json();

        problem["errors"]!
            .AsArray()
            .Select(e => (string)e!["pointer"]!)
            .ShouldBe(["/channel", "/type", "/receivedAt", "/customer/phone"]);
        ((int)problem["status"]!).ShouldBe(400);
        ((string?)problem["traceId"]).ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("{")]
    [InlineData("{\"source\":\"a\",\"source\":\"b\"}")]
    [InlineData("{\"source\":\"\\ud800\"}")]
    [InlineData("{\"source\":\"a\"} trailing")]
    public async Task What_is_no_json_object_is_refused(string body)
    {
        var response = await shop.PostAsync("/v1/requests", new StringContent(body, Encoding.UTF8, "application/json"));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
        ((string)(await response.Json())["code"]!).ShouldBe("malformed");
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        var response = await shop.PostAsync("/v1/requests", new StringContent("a=b", Encoding.UTF8, "text/plain"));
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("integration")]
    [InlineData("agent")]
    public async Task The_source_of_our_own_surveys_is_reserved(string role)
    {
        var response = await intake.As("somebody", role).Send(ShopRequest.Example().With("source", "survey"));
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        ((string)(await response.Json())["code"]!).ShouldBe("source_reserved");
    }

    [Fact]
    public async Task Five_minutes_ahead_are_forgiven()
    {
        var answer = await shop.Accepted(ShopRequest.Example().With("receivedAt", "2026-11-21T01:05:00Z"));
        ((string)answer["receivedAt"]!).ShouldBe("2026-11-21T01:05:00Z");
    }

    [Fact]
    public async Task Little_needs_to_be_said()
    {
        var answer = await shop.Accepted(
            JsonNode.Parse(
                """{ "source": "shop", "channel": "phone", "type": "inquiry", "customer": { "name": "张伟" }, "subject": "在吗" }"""
            )!
        );

        var shown = JsonNode.Parse(await shop.GetStringAsync($"/v1/requests/{answer["number"]}"))!;
        ((string)shown["urgency"]!).ShouldBe("normal");
        ((string)shown["language"]!).ShouldBe("zh-CN");
        ((string)shown["receivedAt"]!).ShouldBe((string)shown["recordedAt"]!);
        shown["description"]!.ToJsonString().ShouldBe("""{"what":null,"when":null,"where":null,"expectation":null}""");
        shown["promises"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Numbers_and_flags_are_kept_as_attributes()
    {
        var answer = await shop.Accepted(
            ShopRequest
                .Example()
                .With("attributes", JsonNode.Parse("""{ "n": 1.50, "b": true, "t": "文", "z": null }"""))
        );
        var shown = JsonNode.Parse(await shop.GetStringAsync($"/v1/requests/{answer["number"]}"))!;
        shown["attributes"]!.AsObject().Count.ShouldBe(3);
        ((string)shown["attributes"]!["n"]!).ShouldBe("1.50");
        ((string)shown["attributes"]!["b"]!).ShouldBe("true");
        ((string)shown["attributes"]!["t"]!).ShouldBe("文");
    }
}
