using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Analytics.Tests.Features.Querying;

/// <summary>What an answer looks like, what it hides.</summary>
public sealed class QueryAnalyticsTests(Answered world) : IClassFixture<Answered>
{
    private readonly ServiceHost<AnalyticsDbContext> host = world.Host;

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
        answer.GetProperty("eventsBehind").ValueKind.ShouldBe(JsonValueKind.Null); // without a broker nobody knows
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

    private static object Promoted(string channel) =>
        new
        {
            measures = (string[])["nps", "csat", "mean.overall", "csi", "responses"],
            filters = new { channel = (string[])[channel] },
        };
}
