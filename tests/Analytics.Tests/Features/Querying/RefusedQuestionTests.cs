using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.TestKit;
using Npgsql;

namespace CustomerFeedback.Analytics.Tests.Features.Querying;

/// <summary>Questions that make no sense, that somebody may not ask, or whose answer nobody could read.</summary>
public sealed class RefusedQuestionTests(Answered world) : IClassFixture<Answered>
{
    private readonly ServiceHost<AnalyticsDbContext> host = world.Host;
    private readonly TestDatabase<AnalyticsDbContext> database = world.Database;

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_with_its_place()
    {
        var codes = await Refused(
            new
            {
                measures = (string[])["csat", "beauty", "csat"],
                dimensions = (string[])["colour"],
                grain = "fortnight",
                zone = "Mars/Olympus",
                from = "yesterday",
                filters = new
                {
                    mood = (string[])["good"],
                    complaintLevel = (string[])["severe"],
                    store = Array.Empty<string>(),
                },
                compare = "next_year",
            }
        );
        codes.ShouldBe(
            [
                "/measures/1 unknown_measure",
                "/measures/2 duplicate",
                "/dimensions/0 unknown_dimension",
                "/filters/mood unknown_filter",
                "/filters/complaintLevel/0 wrong_type",
                "/filters/store out_of_range",
                "/grain unknown_value",
                "/compare unknown_value",
                "/zone unknown_zone",
                "/from invalid_instant",
            ],
            ignoreOrder: true
        );
        (await Refused(new { })).ShouldBe(["/measures required"]);
        (await Refused(new { measures = (string[])["tickets"], dimensions = (string[])["questionnaire"] })).ShouldBe([
            "/measures/0 not_by_dimension",
        ]);
        (await Refused(new { measures = (string[])["mean.beauty"] })).ShouldBe(["/measures/0 unknown_measure"]);
        (await Refused(new { measures = (string[])["csat"], grain = "day" })).ShouldBe(["/from required"]);
        (
            await Refused(
                new
                {
                    measures = (string[])["csat"],
                    from = "2025-10-02",
                    to = "2025-10-01",
                }
            )
        ).ShouldBe(["/to out_of_range"]);
        (await Refused(new { measures = (string[])["csat"], beauty = 1 })).ShouldBe(["/beauty unknown_member"]);
    }

    [Fact]
    public async Task Only_analysts_ask()
    {
        foreach (
            var role in (string[])
                ["integration", "agent", "lead", "manager", "duty", "department", "interviewer", "admin"]
        )
            (await Post(new { measures = (string[])["csat"] }, TestTokens.For("somebody", [role]))).StatusCode.ShouldBe(
                HttpStatusCode.Forbidden,
                role
            );
        (await Post(new { measures = (string[])["csat"] }, token: null)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public async Task An_answer_that_would_be_too_long_is_refused()
    {
        await using var strict = new ServiceHost<AnalyticsDbContext>(
            database,
            clock: new FakeClock(),
            settings: new Dictionary<string, string> { ["Analytics:RowLimit"] = "2" }
        );
        foreach (
            var question in (object[])
                [
                    new
                    {
                        measures = (string[])["csat"],
                        grain = "day",
                        from = "2025-10-01",
                    },
                    new { measures = (string[])["csat"], dimensions = (string[])["channel"] },
                ]
        )
        {
            var answer = await strict.Client(Asked.Analyst).PostAsJsonAsync("/v1/analytics/query", question);
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await answer.Content.ReadFromJsonAsync<JsonElement>())
                .GetProperty("code")
                .GetString()
                .ShouldBe("too_many_rows");
        }
    }

    [Fact]
    public async Task A_question_that_takes_too_long_is_given_up()
    {
        await using var hasty = new ServiceHost<AnalyticsDbContext>(
            database,
            settings: new Dictionary<string, string> { ["Analytics:QueryTimeout"] = "00:00:00.2" }
        );
        (await hasty.Answer(new { measures = (string[])["csat"] }))
            .GetProperty("servedFrom")
            .GetString()
            .ShouldBe("rollup");
        await using var other = new NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var block = new NpgsqlCommand("LOCK TABLE facts.response_facts IN ACCESS EXCLUSIVE MODE", other))
            await block.ExecuteNonQueryAsync();
        var answer = await hasty
            .Client(Asked.Analyst)
            .PostAsJsonAsync(
                "/v1/analytics/query",
                new
                {
                    measures = (string[])["csat"],
                    zone = "UTC",
                    from = "2025-10-01",
                }
            );
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("code")
            .GetString()
            .ShouldBe("query_too_long");
    }

    private async Task<IReadOnlyList<string>> Refused(object question)
    {
        var answer = await Post(question, Asked.Analyst);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("malformed");
        return
        [
            .. problem
                .GetProperty("errors")
                .EnumerateArray()
                .Select(e => $"{e.GetProperty("pointer").GetString()} {e.GetProperty("code").GetString()}"),
        ];
    }

    private Task<HttpResponseMessage> Post(object question, string? token) =>
        host.Client(token).PostAsJsonAsync("/v1/analytics/query", question);
}
