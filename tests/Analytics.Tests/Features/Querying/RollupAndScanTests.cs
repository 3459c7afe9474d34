using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Analytics.Tests.Features.Querying;

/// <summary>Ready sums and facts tell the same numbers.</summary>
public sealed class RollupAndScanTests(RollupAndScanTests.World world) : IClassFixture<RollupAndScanTests.World>
{
    private static readonly string[] Measures =
    [
        "tickets",
        "responses",
        "invitations",
        "response_rate",
        "csat",
        "nps",
        "csi",
        "solved",
        "mean.overall",
        "mean.attitude",
        "mean.efficiency",
        "mean.clarity",
        "sla.first_contact.attainment",
        "sla.resolution.attainment",
        "first_contact_time.p50",
        "first_contact_time.p95",
        "resolution_time.p80",
    ];

    private readonly ServiceHost<AnalyticsDbContext> host = world.Host;

    [Theory]
    [InlineData(null, null, "2025-09-01", "2026-02-28")]
    [InlineData(null, "channel", "2025-09-17", "2026-01-05")]
    [InlineData("day", null, "2025-09-17", "2025-10-05")]
    [InlineData("week", null, "2025-09-17", "2026-01-05")]
    [InlineData("month", "team", "2025-09-17", "2026-01-05")]
    [InlineData("quarter", "store", "2025-09-17", "2026-02-28")]
    [InlineData("year", "agent", "2025-09-02", "2026-01-31")]
    [InlineData("month", "region", "2025-10-01", "2025-12-31")]
    [InlineData(null, "type", "2025-10-05", "2025-10-29")]
    public async Task Both_ways_tell_the_same(string? grain, string? dimension, string from, string to)
    {
        var ready = await Ask("Asia/Shanghai");
        // The same days by another name: no sums are kept for it.
        var counted = await Ask("Etc/GMT-8");
        ready.GetProperty("servedFrom").GetString().ShouldBe("rollup");
        counted.GetProperty("servedFrom").GetString().ShouldBe("scan");
        ShouldTellTheSame(ready, counted);

        Task<JsonElement> Ask(string zone) =>
            host.Answer(
                new
                {
                    measures = Measures,
                    dimensions = dimension is null ? [] : (string[])[dimension],
                    grain,
                    zone,
                    from,
                    to,
                }
            );
    }

    [Fact]
    public async Task All_of_time_and_one_narrowing_too()
    {
        foreach (
            var filters in (object[])
                [new { }, new { channel = (string[])["app", "store"] }, new { store = (string?[])["SH-01", null] }]
        )
        {
            var ready = await host.Answer(new { measures = Measures, filters });
            ready.GetProperty("servedFrom").GetString().ShouldBe("rollup");
            var counted = await host.Answer(
                new
                {
                    measures = Measures,
                    filters,
                    zone = "Etc/GMT-8",
                    from = "2020-01-01",
                }
            );
            counted.GetProperty("servedFrom").GetString().ShouldBe("scan");
            ShouldTellTheSame(ready, counted);
        }
    }

    [Fact]
    public async Task By_questionnaire_as_far_as_answers_go()
    {
        string[] measures = ["responses", "response_rate", "csat", "nps", "mean.attitude"];
        string[] dimensions = ["questionnaire"];
        var ready = await host.Answer(new { measures, dimensions });
        var counted = await host.Answer(
            new
            {
                measures,
                dimensions,
                zone = "Etc/GMT-8",
                from = "2020-01-01",
            }
        );
        counted.GetProperty("servedFrom").GetString().ShouldBe("scan");
        ShouldTellTheSame(ready, counted);
    }

    [Fact]
    public async Task Two_dimensions_add_up_to_one()
    {
        string[] measures = ["tickets", "invitations"];
        var two = await host.Answer(new { measures, dimensions = (string[])["channel", "complaintLevel"] });
        two.GetProperty("servedFrom").GetString().ShouldBe("scan");
        var one = await host.Answer(new { measures, dimensions = (string[])["channel"] });
        foreach (var row in one.GetProperty("rows").EnumerateArray())
        {
            two.GetProperty("rows")
                .EnumerateArray()
                .Where(r => r.GetProperty("channel").GetString() == row.GetProperty("channel").GetString())
                .Sum(r => r.Number("tickets"))
                .ShouldBe(row.Number("tickets"));
        }

        two.GetProperty("rows")[0].GetProperty("complaintLevel").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    private static void ShouldTellTheSame(JsonElement ready, JsonElement counted)
    {
        var (left, right) = (ready.GetProperty("rows"), counted.GetProperty("rows"));
        left.GetArrayLength().ShouldBe(right.GetArrayLength());
        left.GetArrayLength().ShouldBeGreaterThan(0);
        var shown = 0;
        foreach (var (a, b) in left.EnumerateArray().Zip(right.EnumerateArray()))
        {
            foreach (var member in a.EnumerateObject())
            {
                var other = b.GetProperty(member.Name);
                if (member.Value.ValueKind is not JsonValueKind.Object)
                {
                    other.ToString().ShouldBe(member.Value.ToString());
                    continue;
                }

                foreach (var part in member.Value.EnumerateObject())
                {
                    var twin = other.GetProperty(part.Name);
                    if (part.Value.ValueKind is JsonValueKind.Number)
                    {
                        shown++;
                        // Sums are kept to four digits behind the point.
                        twin.GetDouble().ShouldBe(part.Value.GetDouble(), 1e-3, $"{member.Name}.{part.Name} in {a}");
                    }
                    else
                        twin.ToString().ShouldBe(part.Value.ToString(), $"{member.Name}.{part.Name}");
                }
            }
        }

        shown.ShouldBeGreaterThan(10);
    }

    public sealed class World : IAsyncLifetime
    {
        private TestDatabase<AnalyticsDbContext> database = null!;

        internal ServiceHost<AnalyticsDbContext> Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            database = await Seeded.With(new RandomFacts(7).Into);
            Host = new(database, clock: new FakeClock());
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
