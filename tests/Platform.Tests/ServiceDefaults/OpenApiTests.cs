using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class OpenApiTests : IAsyncLifetime
{
    private TinyHost host = null!;
    private JsonElement document;

    public enum Urgency
    {
        Normal,
        VeryUrgent,
    }

    public sealed record Input(string? Subject, Urgency? Urgency, TimeSpan? Target, DateTimeOffset? At);

    public sealed record Accepted(Guid Id);

    public sealed record Shown(IReadOnlyList<Urgency> Marks, Urgency? Urgency, JsonElement? Parts);

    public async ValueTask InitializeAsync()
    {
        host = await TinyHost.Start(app =>
        {
            app.MapPost(
                    "/v1/requests",
                    Results<Created<Accepted>, ProblemHttpResult> (Input input) => Problem.NotFound()
                )
                .WithName("AcceptRequest")
                .Refuses(422, "idempotency_key_reused");
            app.MapPatch("/v1/tickets/{number}", (string number, Input input) => new Accepted(Guid.Empty))
                .WithName("ChangeTicket")
                .WithSummary("Changes urgency and category.")
                .NamesVersion(VersionNamed.Always)
                .Refuses(409, "illegal_transition");
            app.MapGet("/v1/tickets", () => new Shown([], null, null)).WithName("ListTickets").InPages();
            app.MapGet("/status/{token}", (string token) => token).WithName("ShowStatus");
        });
        var answer = await host.Send("GET", "/openapi/v1.json");
        document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private JsonElement Operation(string path, string method) =>
        document.GetProperty("paths").GetProperty(path).GetProperty(method);

    private static string[] Codes(JsonElement operation, string status) =>
        [
            .. operation
                .GetProperty("responses")
                .GetProperty(status)
                .GetProperty("x-problem-codes")
                .EnumerateArray()
                .Select(c => c.GetString()!),
        ];

    [Fact]
    public void It_is_OpenAPI_3_1() =>
        document.GetProperty("openapi").GetString().ShouldNotBeNull().ShouldStartWith("3.1");

    [Fact]
    public void Every_operation_says_what_it_does_who_may_and_how_it_refuses()
    {
        var accept = Operation("/v1/requests", "post");
        accept.GetProperty("summary").GetString().ShouldBe("Accept request");
        accept.GetProperty("x-roles").EnumerateArray().Select(r => r.GetString()).ShouldBe(["integration", "agent"]);
        accept.GetProperty("security")[0].TryGetProperty("bearer", out _).ShouldBeTrue();
        accept
            .GetProperty("responses")
            .EnumerateObject()
            .Select(r => r.Name)
            .ShouldBe(["201", "400", "401", "403", "409", "413", "415", "422", "429", "500", "503"], ignoreOrder: true);
        Codes(accept, "422").ShouldBe(["idempotency_key_reused"]);

        var change = Operation("/v1/tickets/{number}", "patch");
        change.GetProperty("summary").GetString().ShouldBe("Changes urgency and category.");
        Codes(change, "409").ShouldBe(["illegal_transition", "conflict"]);
        Codes(change, "412").ShouldBe(["stale"]);
        Codes(change, "428").ShouldBe(["if_match_missing"]);
        Codes(change, "404").ShouldBe(["not_found"]);
        change
            .GetProperty("parameters")
            .EnumerateArray()
            .Select(p => (p.GetProperty("name").GetString(), p.GetProperty("in").GetString()))
            .ShouldContain(("If-Match", "header"));
        change
            .GetProperty("responses")
            .GetProperty("200")
            .GetProperty("headers")
            .TryGetProperty("ETag", out _)
            .ShouldBeTrue();
    }

    [Fact]
    public void What_is_open_to_anyone_asks_for_no_token()
    {
        var show = Operation("/status/{token}", "get");
        show.GetProperty("x-roles").GetArrayLength().ShouldBe(0);
        show.TryGetProperty("security", out _).ShouldBeFalse();
        show.GetProperty("responses").TryGetProperty("401", out _).ShouldBeFalse();
    }

    [Fact]
    public void Schemas_show_words_durations_and_the_shape_of_a_problem()
    {
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var all = schemas.ToString();
        all.ShouldContain("\"very_urgent\"");
        all.ShouldContain("\"duration\"");
        Members("OpenApiTestsInput").GetProperty("at").ToString().ShouldContain("date-time");
        schemas
            .GetProperty("ProblemDetails")
            .GetProperty("properties")
            .EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe(["type", "title", "status", "detail", "code", "traceId", "errors"]);
    }

    [Fact]
    public void Lists_tell_their_elements_and_null_is_told_where_it_may_be()
    {
        var shown = Members("OpenApiTestsShown");
        shown.GetProperty("marks").GetProperty("items").ToString().ShouldContain("very_urgent");
        shown.GetProperty("urgency").ToString().ShouldContain("null");
        // Any JSON is null too: an alternative beside it would fit as well, and of two that fit none is right.
        shown.GetProperty("parts").TryGetProperty("oneOf", out _).ShouldBeFalse();
        Operation("/v1/tickets", "get")
            .GetProperty("parameters")
            .EnumerateArray()
            .Select(p => p.GetProperty("name").GetString())
            .ShouldBe(["limit", "cursor"]);
    }

    [Fact]
    public void Types_of_one_name_in_two_slices_stay_apart()
    {
        // Every host has this slice too, and its body is an Input of its own.
        Members("SetLogLevelInput").TryGetProperty("level", out _).ShouldBeTrue();
        Members("OpenApiTestsInput").TryGetProperty("subject", out _).ShouldBeTrue();
        Operation("/v1/requests", "post").GetProperty("requestBody").ToString().ShouldContain("OpenApiTestsInput");
    }

    private JsonElement Members(string schema) =>
        document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties");

    [Fact]
    public void Every_reference_points_to_something()
    {
        var text = document.ToString();
        foreach (
            var reference in System
                .Text.RegularExpressions.Regex.Matches(text, "\"#/components/schemas/([^\"]+)\"")
                .Select(m => m.Groups[1].Value)
                .Distinct()
        )
            document
                .GetProperty("components")
                .GetProperty("schemas")
                .TryGetProperty(reference, out _)
                .ShouldBeTrue(reference);
    }
}
