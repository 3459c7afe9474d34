using System.Data.Common;
using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class ProblemTests : IAsyncLifetime
{
    private const string Secret = "Host=db-7.internal;Password=hunter2 SELECT * FROM customers";
    private TinyHost host = null!;

    public sealed class OutageException(bool transient, string? sqlState = null) : DbException(Secret)
    {
        public override bool IsTransient => transient;
        public override string? SqlState => sqlState;
    }

    public sealed class DbUpdateConcurrencyException() : Exception(Secret);

    public async ValueTask InitializeAsync() =>
        host = await TinyHost.Start(
            app =>
            {
                app.MapGet(
                    "/v1/throw/{what}",
                    IResult (string what) =>
                        throw (
                            what switch
                            {
                                "outage" => new OutageException(transient: true),
                                "wrapped" => new InvalidOperationException(
                                    Secret,
                                    new OutageException(transient: true)
                                ),
                                "standby" => new OutageException(transient: false, "25006"),
                                "sql" => new OutageException(transient: false, "42P01"),
                                "nul" => new InvalidOperationException(
                                    Secret,
                                    new OutageException(transient: false, "22021")
                                ),
                                "race" => new DbUpdateConcurrencyException(),
                                "timeout" => new TimeoutException(Secret),
                                "json" => new JsonException(Secret),
                                _ => new InvalidOperationException(Secret),
                            }
                        )
                );
                app.MapGet("/v1/status/{status:int}", (int status) => Results.StatusCode(status));
                app.MapGet("/v1/own", () => Results.Text("no", statusCode: 418));
                app.MapGet(
                    "/v1/refused",
                    () =>
                        Problem.Refused(
                            409,
                            "illegal_transition",
                            "It is closed.",
                            [new("state", "closed"), new("allowed", new[] { "confirm" })]
                        )
                );
                app.MapGet(
                    "/v1/values",
                    () =>
                        Problem.Malformed(
                            new FieldError("/a", "required", "Give a."),
                            new FieldError("/b", "too_long", "At most 9.")
                        )
                );
            },
            [
                new("GET", "/v1/throw/{what}"),
                new("GET", "/v1/status/{status:int}"),
                new("GET", "/v1/own"),
                new("GET", "/v1/refused"),
                new("GET", "/v1/values"),
            ]
        );

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("outage", 503, "unavailable")]
    [InlineData("wrapped", 503, "unavailable")]
    [InlineData("timeout", 503, "unavailable")]
    [InlineData("standby", 503, "unavailable")]
    [InlineData("sql", 500, "internal_error")]
    [InlineData("json", 500, "internal_error")]
    [InlineData("bug", 500, "internal_error")]
    [InlineData("nul", 400, "malformed")]
    [InlineData("race", 409, "conflict")]
    public async Task A_failure_is_told_without_saying_what_it_is_made_of(string what, int status, string code)
    {
        var answer = await host.Send("GET", $"/v1/throw/{what}", null, null, ("Accept", "text/html"));
        var problem = await answer.Problem(status, code);
        problem.ToString().ShouldNotContain("hunter2");
        problem.ToString().ShouldNotContain("Exception");
        problem.ToString().ShouldNotContain("   at ");
        answer.Headers.Contains("Retry-After").ShouldBe(status == 503);
    }

    [Theory]
    [InlineData(400, "malformed")]
    [InlineData(401, "unauthenticated")]
    [InlineData(403, "forbidden")]
    [InlineData(404, "not_found")]
    [InlineData(405, "method_not_allowed")]
    [InlineData(408, "request_timeout")]
    [InlineData(409, "refused")]
    [InlineData(413, "too_large")]
    [InlineData(415, "unsupported_media_type")]
    [InlineData(422, "refused")]
    [InlineData(429, "rate_limited")]
    [InlineData(500, "internal_error")]
    [InlineData(502, "bad_gateway")]
    [InlineData(503, "unavailable")]
    [InlineData(504, "timeout")]
    public async Task A_bare_status_gets_its_problem(int status, string code)
    {
        var answer = await host.Send("GET", $"/v1/status/{status}");
        await answer.Problem(status, code);
        answer.Headers.Contains("Retry-After").ShouldBe(status is 429 or 503);
    }

    [Fact]
    public async Task An_answer_with_a_body_of_its_own_is_left_alone() =>
        (await (await host.Send("GET", "/v1/own")).Content.ReadAsStringAsync()).ShouldBe("no");

    [Fact]
    public async Task A_refusal_carries_its_code_and_what_the_slice_adds()
    {
        var problem = await (await host.Send("GET", "/v1/refused")).Problem(409, "illegal_transition");
        problem.GetProperty("state").GetString().ShouldBe("closed");
        problem.GetProperty("allowed")[0].GetString().ShouldBe("confirm");
        problem.GetProperty("type").GetString().ShouldBe("/docs/problems#illegal_transition");
    }

    [Fact]
    public async Task All_wrong_values_are_told_at_once()
    {
        var problem = await (await host.Send("GET", "/v1/values")).Problem(400, "malformed");
        problem
            .GetProperty("errors")
            .EnumerateArray()
            .Select(e => e.GetProperty("pointer").GetString())
            .ShouldBe(["/a", "/b"]);
    }

    [Fact]
    public async Task The_trace_of_the_caller_is_the_trace_of_the_problem()
    {
        var answer = await host.Send(
            "GET",
            "/v1/throw/bug",
            null,
            null,
            ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        );
        (await answer.Problem(500, "internal_error"))
            .GetProperty("traceId")
            .GetString()
            .ShouldBe("4bf92f3577b34da6a3ce929d0e0e4736");
    }
}
