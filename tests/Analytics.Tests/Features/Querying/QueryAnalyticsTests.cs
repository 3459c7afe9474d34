using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.TestKit;
using Npgsql;

namespace CustomerFeedback.Analytics.Tests.Features.Querying;

/// <summary>What an answer looks like, what it hides, what is refused.</summary>
public sealed class QueryAnalyticsTests(Answered world) : IClassFixture<Answered>
{
    private readonly ServiceHost<AnalyticsDbContext> host = world.Host;
    private readonly TestDatabase<AnalyticsDbContext> database = world.Database;

    [Fact]
    public async Task Every_score_has_its_n_interval_and_definition()
    {
        var answer = await host.Answer(
            new
            {
                measures = (string[])["csat", "nps"],
                dimensions = (string[])["channel"],
                filters = new { channel = (string[])["store"] },
                from = "2025-10-01",
                to = "2025-10-31",
            }
        );
        answer.GetProperty("asOf").GetDateTimeOffset().ShouldBe(new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
        answer.GetProperty("eventsBehind").GetInt64().ShouldBe(0);
        answer.GetProperty("to").GetDateTimeOffset().ShouldBe(new(2025, 10, 31, 16, 0, 0, TimeSpan.Zero));
        var row = answer.GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("channel").GetString().ShouldBe("store");
        row.GetProperty("period").ValueKind.ShouldBe(JsonValueKind.Null);
        row.GetProperty("suppressed").ValueKind.ShouldBe(JsonValueKind.Null);
        row.Number("csat").ShouldBe(0.8);
        row.Number("csat", "n").ShouldBe(40);
        row.Number("csat", "low").ShouldBe(0.652427);
        row.Number("csat", "high").ShouldBe(0.895);
        row.GetProperty("csat").GetProperty("definition").GetString().ShouldBe("csat@1");
        row.Number("nps").ShouldBe(50);
    }

    [Fact]
    public async Task Five_who_agree_leave_doubt_and_four_are_not_shown()
    {
        var five = await host.Row(Promoted("app"));
        five.Number("nps").ShouldBe(100);
        five.Number("nps", "low").ShouldNotBeNull().ShouldBe(17.49, 0.005);
        five.Number("nps", "high").ShouldBe(100);
        five.Number("csat", "low").ShouldNotBeNull().ShouldBe(0.56552, 0.00001);
        five.Number("mean.overall", "low").ShouldNotBeNull().ShouldBeLessThan(5);
        five.Number("csi", "low").ShouldNotBeNull().ShouldBeLessThan(100);

        var four = await host.Row(Promoted("phone"));
        four.GetProperty("suppressed").GetString().ShouldBe("below_threshold");
        foreach (var measure in (string[])["nps", "csat", "mean.overall", "csi", "responses"])
        {
            foreach (var member in (string[])["value", "n", "low", "high"])
                four.Number(measure, member).ShouldBeNull($"{measure}.{member}");
            four.GetProperty(measure).GetProperty("definition").GetString().ShouldEndWith("@1");
        }
    }

    [Fact]
    public async Task The_cell_that_would_tell_a_hidden_one_is_hidden_too_but_volumes_never()
    {
        var rows = (
            await host.Answer(
                new
                {
                    measures = (string[])["responses", "tickets"],
                    dimensions = (string[])["channel"],
                    from = "2025-10-01",
                }
            )
        ).GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("channel").GetString()!);
        rows["phone"].Number("responses").ShouldBeNull();
        rows["app"].Number("responses").ShouldBeNull();
        rows["store"].Number("responses").ShouldBe(40);
        rows["app"].Number("tickets").ShouldBe(1);
    }

    [Fact]
    public async Task Where_nobody_answered_there_is_no_number()
    {
        var row = await host.Row(
            new
            {
                measures = (string[])
                    ["csat", "nps", "responses", "tickets", "sla.first_contact.attainment", "resolution_time.p50"],
                from = "2024-01-01",
                to = "2024-12-31",
            }
        );
        row.GetProperty("suppressed").ValueKind.ShouldBe(JsonValueKind.Null);
        row.Number("csat").ShouldBeNull();
        row.Number("csat", "n").ShouldBe(0);
        row.Number("nps", "low").ShouldBeNull();
        row.Number("sla.first_contact.attainment").ShouldBeNull();
        row.Number("resolution_time.p50").ShouldBeNull();
        row.Number("responses").ShouldBe(0);
        row.Number("tickets").ShouldBe(0);
    }

    [Fact]
    public async Task A_trend_shows_its_gaps_and_names_periods_by_their_first_day()
    {
        var rows = (
            await host.Answer(
                new
                {
                    measures = (string[])["csat"],
                    grain = "month",
                    from = "2025-08-15",
                    to = "2025-10-31",
                }
            )
        ).GetProperty("rows");
        rows.EnumerateArray()
            .Select(row => row.GetProperty("period").GetString())
            .ShouldBe(["2025-08-01", "2025-09-01", "2025-10-01"]);
        rows[0].Number("csat", "n").ShouldBe(0);
        rows[1].Number("csat").ShouldBe(0.4);
    }

    [Theory]
    [InlineData("previous_period", "month")]
    [InlineData("previous_period", null)]
    public async Task A_number_is_set_against_its_earlier_self(string compare, string? grain)
    {
        var row = await host.Row(
            new
            {
                measures = (string[])["csat", "nps", "mean.overall", "tickets"],
                filters = new { channel = (string[])["store"] },
                grain,
                compare,
                from = "2025-10-01",
                to = "2025-10-31",
            }
        );
        row.GetProperty("csat").GetProperty("before").GetProperty("value").GetDouble().ShouldBe(0.4);
        row.Number("csat", "difference").ShouldBe(0.4);
        var significance = row.GetProperty("csat").GetProperty("significance");
        significance.GetProperty("significant").GetBoolean().ShouldBeTrue();
        significance.GetProperty("p").GetDouble().ShouldBeLessThan(0.001);
        row.Number("nps", "difference").ShouldBe(75);
        row.GetProperty("mean.overall").GetProperty("significance").GetProperty("test").GetString().ShouldBe("welch_t");
        row.GetProperty("tickets").GetProperty("significance").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Year_on_year_finds_nothing_where_nothing_was()
    {
        var row = await host.Row(
            new
            {
                measures = (string[])["csat"],
                compare = "previous_year",
                from = "2025-10-01",
                to = "2025-10-31",
            }
        );
        row.GetProperty("csat").GetProperty("before").GetProperty("n").GetInt64().ShouldBe(0);
        row.Number("csat", "difference").ShouldBeNull();
    }

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

    private static object Promoted(string channel) =>
        new
        {
            measures = (string[])["nps", "csat", "mean.overall", "csi", "responses"],
            filters = new { channel = (string[])[channel] },
        };

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
