using System.Diagnostics;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// The query API over a history and over ten times as much, in turn; next to the same figures by SQL over the facts. Both histories
/// lie in the database, and swap names as a rebuild does.
/// </summary>
internal static class Queries
{
    private const int Rounds = 3;
    private const int Asked = 40;
    private const int RawAsked = 3;
    private const int Tenfold = 10;

    public static async Task Run(MeasuredSystem system, int large, CancellationToken ct)
    {
        var small = large / Tenfold;
        await using var history = new History(system);
        var clock = Stopwatch.StartNew();
        await history.StoreFacts("small", small, ct);
        await history.StoreFacts("large", large, ct);
        Figures.Title(
            $"Analytics queries over {small} and {large} answers, {History.PerDay} a day, {Rounds} rounds in turn, medians"
        );
        Figures.Print("(made by SQL in)", $"{clock.Elapsed.TotalSeconds:0} s");

        using var client = new NumbersClient(system);
        await history.Swap("empty", "small", ct);
        var views = Views
            .Select(view => (View: view, Small: new List<double>(), Large: new List<double>(), Raw: new List<double>()))
            .ToArray();
        for (var round = 0; round <= Rounds; round++) // the first one warms up
        {
            foreach (var (view, at, _, _) in views)
                Note(at, await client.Median(view.Question, Asked, ct));
            await history.Swap("small", "large", ct);
            foreach (var (view, _, at, raw) in views)
            {
                Note(at, await client.Median(view.Question, Asked, ct));
                Note(raw, await Raw(history, view, ct));
            }

            if (round == Rounds)
                await Percentiles(history, client, ct);
            await history.Swap("large", "small", ct);

            void Note(List<double> figures, double figure)
            {
                if (round > 0)
                    figures.Add(figure);
            }
        }

        foreach (var (view, s, l, raw) in views)
            Print(view.Name, Figures.Median(s), Figures.Median(l), Figures.Median(raw), large);
    }

    private static void Print(string name, double small, double large, double raw, int answers)
    {
        Figures.Print(
            name,
            $"{small:0.0} ms, {large:0.0} ms",
            $"{large / small:0.00} x: {Verdict.Most(1.3).Of(large / small)}"
        );
        Figures.Print(
            "  the same by SQL over the facts",
            $"{raw:0.0} ms",
            $"{raw / large:0} x the time at {answers} (must 100, aim 200, both at 5 M)"
        );
    }

    private static async Task<double> Raw(History history, View view, CancellationToken ct)
    {
        var times = new List<double>();
        for (var i = 0; i < RawAsked; i++)
        {
            var clock = Stopwatch.StartNew();
            await history.Run(view.Sql, ct);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return Figures.Median(times);
    }

    private static async Task Percentiles(History history, NumbersClient client, CancellationToken ct)
    {
        const string question = """{"measures":["resolution_time.p50","resolution_time.p80","resolution_time.p95"]}""";
        var time = await client.Median(question, Asked, ct);
        var row = (await client.Ask(question, ct)).GetProperty("rows")[0];
        var worst = 0.0;
        foreach (var (name, share) in new[] { ("p50", 0.5), ("p80", 0.8), ("p95", 0.95) })
        {
            var exact = await history.Scalar<double>(
                $"SELECT percentile_cont({share}) WITHIN GROUP (ORDER BY resolution_seconds) FROM facts.ticket_facts",
                ct
            );
            var ours = row.GetProperty($"resolution_time.{name}").GetProperty("value").GetDouble();
            worst = Math.Max(worst, Math.Abs((ours / exact) - 1) * 100);
        }

        Figures.Print(
            "p50, p80, p95 of the time to resolution",
            $"{worst:0.000} % off percentile_cont",
            Verdict.Most(2, 1).Of(worst)
        );
        Figures.Print("  in", $"{time:0.0} ms", Verdict.Most(20).Of(time));
    }

    /// <param name="Name">As printed.</param>
    /// <param name="Question">The body of the query.</param>
    /// <param name="Sql">The same figures over the facts.</param>
    private sealed record View(string Name, string Question, string Sql);

    private const string Counts = """
        count(*), count(nps), count(*) FILTER (WHERE nps >= 9), count(*) FILTER (WHERE nps <= 6),
        count(overall), count(*) FILTER (WHERE overall >= 4), count(csi), avg(csi), stddev(csi) FROM facts.response_facts WHERE counted
        """;

    private static readonly DateTime Today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
    private static readonly string MonthAgo = Today.AddDays(-30).ToString("yyyy-MM-dd");
    private static readonly string Quarter = Today.AddDays(-90).ToString("yyyy-MM-dd");
    private static readonly string Now = Today.ToString("yyyy-MM-dd");

    private static readonly View[] Views =
    [
        new("all of time", """{"measures":["responses","nps","csat","csi"]}""", $"SELECT {Counts}"),
        new(
            "three months by month",
            $$"""{"measures":["responses","nps","csat","csi"],"grain":"month","from":"{{Quarter}}","to":"{{Now}}"}""",
            $"SELECT date_trunc('month', submitted_at AT TIME ZONE 'Asia/Shanghai'), {Counts} AND submitted_at >= '{Quarter}' GROUP BY 1"
        ),
        new(
            "by agent, all of time",
            """{"measures":["responses","nps","csat","csi"],"dimensions":["agent"]}""",
            $"SELECT agent, {Counts} GROUP BY 1"
        ),
        new(
            "by team and day, 30 days",
            $$"""{"measures":["nps","csat"],"dimensions":["team"],"grain":"day","from":"{{MonthAgo}}","to":"{{Now}}"}""",
            $"SELECT team, date_trunc('day', submitted_at AT TIME ZONE 'Asia/Shanghai'), {Counts} AND submitted_at >= '{MonthAgo}' GROUP BY 1, 2"
        ),
    ];
}
