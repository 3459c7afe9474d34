using System.Net;
using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Gateway.Tests;

public sealed class OpenApiTests : IAsyncLifetime
{
    private Backend intake = null!;
    private Backend ticketing = null!;
    private Backend survey = null!;
    private Gate gate = null!;

    public async ValueTask InitializeAsync()
    {
        intake = await Backend.Start("intake");
        ticketing = await Backend.Start("ticketing");
        survey = await Backend.Start("survey");
        intake.Description = Describe("/v1/requests", "post", "AcceptRequest", "malformed");
        ticketing.Description = Describe("/v1/tickets/{number}", "get", "AcceptRequest", "illegal_transition");
        gate = new Gate(
            Limits.None,
            ("intake", [intake.Address]),
            ("ticketing", [ticketing.Address]),
            ("survey", [survey.Address])
        );
    }

    public async ValueTask DisposeAsync()
    {
        await gate.DisposeAsync();
        await intake.DisposeAsync();
        await ticketing.DisposeAsync();
        await survey.DisposeAsync();
    }

    private static string Describe(string path, string method, string id, string code) =>
        $$"""
            { "openapi": "3.1.1", "info": { "title": "x", "version": "1" },
              "paths": {
                "{{path}}": { "{{method}}": { "operationId": "{{id}}", "summary": "Does it", "x-roles": ["agent"], "security": [{ "bearer": [] }],
                  "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Input" } } } },
                  "responses": { "200": { "description": "ok" }, "409": { "description": "no", "x-problem-codes": ["{{code}}"],
                    "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/ProblemDetails" } } } } } } },
                "/internal/secret": { "get": { "responses": {} } } },
              "components": { "schemas": {
                "Input": { "type": "object", "properties": { "inner": { "$ref": "#/components/schemas/Inner" } } },
                "Inner": { "type": "string" }, "ProblemDetails": { "type": "object" } },
                "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } } } }
            """;

    private async Task<JsonElement> Document()
    {
        var answer = await gate.Send("GET", "/openapi.json");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return JsonDocument.Parse(await answer.Text()).RootElement;
    }

    [Fact]
    public async Task All_services_are_one_document_and_their_types_do_not_collide()
    {
        var document = await Document();
        document.GetProperty("openapi").GetString().ShouldNotBeNull().ShouldStartWith("3.1");
        document
            .GetProperty("paths")
            .EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe(["/v1/requests", "/v1/tickets/{number}"], ignoreOrder: true);
        document
            .GetProperty("components")
            .GetProperty("schemas")
            .EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe(
                ["intake.Input", "intake.Inner", "ticketing.Input", "ticketing.Inner", "ProblemDetails"],
                ignoreOrder: true
            );
        var operation = document.GetProperty("paths").GetProperty("/v1/tickets/{number}").GetProperty("get");
        operation.GetProperty("tags")[0].GetString().ShouldBe("ticketing");
        operation.GetProperty("x-roles")[0].GetString().ShouldBe("agent");
        operation.GetProperty("requestBody").ToString().ShouldContain("#/components/schemas/ticketing.Input");
        operation
            .GetProperty("responses")
            .GetProperty("409")
            .ToString()
            .ShouldContain("#/components/schemas/ProblemDetails");
        document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject())
            .Select(o => o.Value.GetProperty("operationId").GetString())
            .Distinct()
            .Count()
            .ShouldBe(2);
        document
            .GetProperty("components")
            .GetProperty("securitySchemes")
            .TryGetProperty("bearer", out _)
            .ShouldBeTrue();
    }

    [Fact]
    public async Task A_service_that_is_down_leaves_its_part_out_until_it_is_back()
    {
        await ticketing.Down();
        (await Document()).GetProperty("paths").EnumerateObject().Select(p => p.Name).ShouldBe(["/v1/requests"]);
        await ticketing.UpAgain();
        await Eventually.That(async () =>
            (await Document()).GetProperty("paths").EnumerateObject().Count().ShouldBe(2)
        );
    }

    [Fact]
    public async Task The_page_to_read_it_comes_from_here_alone()
    {
        var answer = await gate.Send("GET", "/docs/index.html");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Text();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self'");
        page.ShouldNotContain("http://");
        System.Text.RegularExpressions.Regex.Matches(page, "<script(?![^>]*src=)[^>]*>\\s*\\S").ShouldBeEmpty();
        foreach (
            System.Text.RegularExpressions.Match asset in System.Text.RegularExpressions.Regex.Matches(
                page,
                "(?:src|href)=\"([^\"]+)\""
            )
        )
        {
            asset.Groups[1].Value.ShouldNotContain("//");
            (await gate.Send("GET", "/docs/" + asset.Groups[1].Value.TrimStart('.', '/'))).StatusCode.ShouldBe(
                HttpStatusCode.OK,
                asset.Value
            );
        }
        (await (await gate.Send("GET", "/docs/index.js")).Text()).ShouldContain("/openapi.json");
        (await gate.Send("GET", "/docs")).StatusCode.ShouldBeOneOf(
            HttpStatusCode.OK,
            HttpStatusCode.Redirect,
            HttpStatusCode.MovedPermanently
        );
        await (await gate.Send("GET", "/docs/nothing.js")).Problem(404, "not_found");
    }

    [Fact]
    public async Task Every_problem_code_has_its_place_to_be_looked_up()
    {
        var page = await (await gate.Send("GET", "/docs/problems")).Text();
        page.ShouldContain("id=\"illegal_transition\"");
        page.ShouldContain("GET /v1/tickets/{number}");
        // And those that no operation has for itself.
        foreach (
            var code in (string[])["method_not_allowed", "refused", "bad_gateway", "timeout", "draining", "not_ready"]
        )
            page.ShouldContain($"id=\"{code}\"");
        foreach (var (_, code) in Problem.Anywhere)
            page.Split($"id=\"{code}\"").Length.ShouldBe(2, code);
    }
}
