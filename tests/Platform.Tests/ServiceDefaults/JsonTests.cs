using System.Net;
using System.Text;
using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Builder;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class JsonTests : IAsyncLifetime
{
    private static readonly AccessRow[] Rows =
    [
        new("POST", "/v1/echo"),
        new("GET", "/v1/echo/{id:guid}"),
        new("GET", "/v1/number"),
    ];
    private TinyHost host = null!;

    public enum Kind
    {
        PhoneCall,
        Email,
    }

    public sealed record Person(string? Name, int? Age);

    public sealed record Input(
        string? Text,
        Kind? Kind,
        DateTimeOffset? At,
        TimeSpan? Target,
        int? Count,
        Person? Person,
        IReadOnlyList<Person>? Others,
        IReadOnlyDictionary<string, string>? Attributes,
        JsonElement? Free = null
    );

    public async ValueTask InitializeAsync() =>
        host = await TinyHost.Start(
            app =>
            {
                app.MapPost("/v1/echo", (Input input) => input);
                app.MapGet("/v1/echo/{id:guid}", (Guid id) => id);
                app.MapGet("/v1/number", (int n) => n);
            },
            Rows
        );

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private Task<HttpResponseMessage> Post(string body, string type = "application/json") =>
        host.Send("POST", "/v1/echo", body: new StringContent(body, Encoding.UTF8, type));

    [Theory]
    [InlineData("""{"text":"a\ud83d"}""", "/text")]
    [InlineData("""{"attributes":{"a":"\ude00b"}}""", "/attributes/a")]
    [InlineData("""{"free":{"k":["ok","a\ud83d"]}}""", "/free")]
    [InlineData("""{"free":{"a\ud83d":1}}""", "/free")]
    [InlineData("""{"free":"\ud83d"}""", "/free")]
    [InlineData("""{"free":{"k":"a\u0000"}}""", "/free")]
    [InlineData("""{"text":"a\u0000"}""", "/text")]
    public async Task A_text_that_is_none_is_refused_wherever_it_stands(string body, string pointer) =>
        (await (await Post(body)).Problem(400, "malformed")).OnlyError().ShouldBe((pointer, "invalid_text"));

    [Fact]
    public async Task Json_of_any_form_comes_through_as_it_was()
    {
        const string free = """{"k":["\ud83d\ude00 好",{"n":1.50,"b":true,"x":null}],"l":"q"}""";
        var answer = await Post($$"""{"free":{{free}},"text":"after"}""");

        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        JsonElement.DeepEquals(told.GetProperty("free"), JsonDocument.Parse(free).RootElement).ShouldBeTrue();
        told.GetProperty("text").GetString().ShouldBe("after");
    }

    [Fact]
    public async Task A_member_given_twice_is_refused_in_free_json_too() =>
        await (await Post("""{"free":{"a":1,"a":2}}""")).Problem(400, "malformed");

    [Theory]
    [InlineData("2026-11-21T09:00:00.123456789Z", "2026-11-21T09:00:00.123456Z")]
    [InlineData("2026-11-21T09:00:00.123456999999+08:00", "2026-11-21T01:00:00.123456Z")]
    [InlineData("2026-11-21t09:00:00.1z", "2026-11-21T09:00:00.1Z")]
    public async Task Instants_of_finer_clocks_are_cut_to_microseconds(string given, string kept)
    {
        var answer = await Post($$"""{"at":"{{given}}"}""");

        var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        told.GetProperty("at").GetString().ShouldBe(kept);
    }

    [Fact]
    public async Task What_comes_in_goes_out_in_the_one_form_of_the_API()
    {
        var answer = await Post(
            """{"text":"订单漏发 \"x\"","kind":"phone_call","at":"2026-11-21T09:00:00.1234567+08:00","target":"P3DT30M","count":3,"person":{"name":null},"attributes":{"a/b":"c"}}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        text.GetProperty("text").GetString().ShouldBe("订单漏发 \"x\"");
        text.GetProperty("kind").GetString().ShouldBe("phone_call");
        text.GetProperty("at").GetString().ShouldBe("2026-11-21T01:00:00.123456Z");
        text.GetProperty("target").GetString().ShouldBe("PT72H30M");
        text.GetProperty("others").ValueKind.ShouldBe(JsonValueKind.Null);
        text.GetProperty("person").GetProperty("age").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("""{"texte":"x"}""", "/texte", "unknown_member")]
    [InlineData("""{"Text":"x"}""", "/Text", "unknown_member")]
    [InlineData("""{"person":{"name":"x","phone":"1"}}""", "/person/phone", "unknown_member")]
    [InlineData("""{"others":[{"name":"x"},{"a/b~c":1}]}""", "/others/1/a~1b~0c", "unknown_member")]
    [InlineData("""{"text":1}""", "/text", "wrong_type")]
    [InlineData("""{"text":{}}""", "/text", "wrong_type")]
    [InlineData("""{"count":"3"}""", "/count", "wrong_type")]
    [InlineData("""{"count":3.5}""", "/count", "wrong_type")]
    [InlineData("""{"count":99999999999}""", "/count", "wrong_type")]
    [InlineData("""{"person":[]}""", "/person", "wrong_type")]
    [InlineData("""{"others":[{"age":"old"}]}""", "/others/0/age", "wrong_type")]
    [InlineData("""{"attributes":{"weird.key":1}}""", "/attributes/weird.key", "wrong_type")]
    [InlineData("""{"text":"a","text":"b"}""", "/text", "duplicate_member")]
    [InlineData("""{"kind":"fax"}""", "/kind", "unknown_value")]
    [InlineData("""{"kind":"PhoneCall"}""", "/kind", "unknown_value")]
    [InlineData("""{"kind":0}""", "/kind", "unknown_value")]
    [InlineData("""{"at":"yesterday"}""", "/at", "invalid_instant")]
    [InlineData("""{"at":"2026-11-21"}""", "/at", "invalid_instant")]
    [InlineData("""{"at":"2026-11-21T09:00:00"}""", "/at", "invalid_instant")]
    [InlineData("""{"at":"2026-02-30T09:00:00Z"}""", "/at", "invalid_instant")]
    [InlineData("""{"at":1700000000}""", "/at", "invalid_instant")]
    [InlineData("""{"target":"3 days"}""", "/target", "invalid_duration")]
    [InlineData("""{"target":"P1M"}""", "/target", "invalid_duration")]
    [InlineData("""{"target":"P1Y"}""", "/target", "invalid_duration")]
    [InlineData("""{"target":60}""", "/target", "invalid_duration")]
    [InlineData("{\"text\":\"a\\u0000b\"}", "/text", "invalid_text")]
    [InlineData("{\"attributes\":{\"a\\u0000b\":\"c\"}}", "/attributes/a\0b", "invalid_text")]
    [InlineData("""{"text":"\ud800"}""", "/text", "invalid_text")]
    public async Task A_wrong_shape_is_named_with_its_place(string body, string pointer, string code) =>
        (await (await Post(body)).Problem(400, "malformed")).OnlyError().ShouldBe((pointer, code));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"text":"x",}""")]
    [InlineData("""{"text":"x"} {}""")]
    [InlineData("// comment\n{}")]
    [InlineData("""{"person":{"name":}}""")]
    public async Task What_is_not_JSON_is_malformed(string body)
    {
        var error = (await (await Post(body)).Problem(400, "malformed")).OnlyError();
        error.Code.ShouldBeOneOf("invalid_json", "unreadable");
    }

    [Fact]
    public async Task A_wrong_word_is_told_which_words_there_are()
    {
        var problem = await (await Post("""{"kind":"fax"}""")).Problem(400, "malformed");
        problem
            .GetProperty("errors")[0]
            .GetProperty("message")
            .GetString()
            .ShouldBe("One of these is wanted: phone_call, email.");
    }

    [Fact]
    public async Task Too_deep_is_malformed()
    {
        var body = string.Concat(Enumerable.Repeat("""{"person":""", 20)) + "1" + new string('}', 20);
        await (await Post(body)).Problem(400, "malformed");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task Another_content_type_is_415(string type) =>
        await (await Post("{}", type)).Problem(415, "unsupported_media_type");

    [Fact]
    public async Task No_content_type_is_415() =>
        await (await host.Send("POST", "/v1/echo", body: new ByteArrayContent("{}"u8.ToArray()))).Problem(
            415,
            "unsupported_media_type"
        );

    [Fact]
    public async Task More_than_64_KB_is_413_with_and_without_a_declared_length()
    {
        var body = $$"""{"text":"{{new string('x', 70_000)}}"}""";
        await (await Post(body)).Problem(413, "too_large");
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/echo")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;
        await (await host.Client.SendAsync(request)).Problem(413, "too_large");
    }

    [Theory]
    [InlineData("/v1/number?n=x")]
    [InlineData("/v1/number")]
    [InlineData("/v1/number?n=99999999999")]
    public async Task A_parameter_of_the_wrong_form_is_malformed_and_no_type_of_ours_is_named(string path)
    {
        var problem = await (await host.Send("GET", path)).Problem(400, "malformed");
        problem.ToString().ShouldNotContain("Int32");
        problem.ToString().ShouldNotContain("int n");
    }

    [Fact]
    public async Task An_id_of_the_wrong_form_is_an_unknown_id() =>
        await (await host.Send("GET", "/v1/echo/7")).Problem(404, "not_found");

    [Theory]
    [InlineData("PT0S", 0)]
    [InlineData("PT15M", 900)]
    [InlineData("PT72H", 259200)]
    [InlineData("PT1H0.5S", 3600.5)]
    [InlineData("-PT3M2S", -182)]
    public void A_duration_has_one_form(string text, double seconds)
    {
        Durations.Format(TimeSpan.FromSeconds(seconds)).ShouldBe(text);
        Durations.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void Words_are_the_same_in_bodies_and_in_queries()
    {
        Words.Of(Kind.PhoneCall).ShouldBe("phone_call");
        Words.TryParse<Kind>("phone_call", out var kind).ShouldBeTrue();
        kind.ShouldBe(Kind.PhoneCall);
        Words.TryParse<Kind>("1", out _).ShouldBeFalse();
        Words.TryParse<Kind>("email ", out _).ShouldBeFalse();
    }

    [Fact]
    public void Instants_are_kept_at_microseconds() =>
        Instants
            .Truncate(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.FromHours(8)).AddTicks(19))
            .ShouldBe(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(10));
}
