using System.Diagnostics;
using System.Text.Json;

namespace CustomerFeedback.Benchmarks;

/// <summary>Rebuilding facts and sums from stored events, in turn with SQL that makes the same sums of facts that lie there ready.</summary>
internal static class Projection
{
    private const int Rounds = 3;
    private const int Batch = 5000;
    private const int Events = 30_000;

    public static async Task Run(MeasuredSystem system, CancellationToken ct)
    {
        await using var history = new History(system);
        Figures.Title($"Projection, {Events} survey answers, {Rounds} rounds in turn, medians");
        await history.StoreEvents(Events, ct);
        await Rebuild(system, ct); // warms up, and makes the facts that the baseline reads
        await history.Run("SELECT copy_schema('facts', 'raw')", ct);

        var rounds = new List<(double Raw, double Replay)>();
        var equal = true;
        for (var i = 0; i < Rounds; i++)
        {
            var raw = await Upsert(history, ct);
            var (events, seconds, same) = await Rebuild(system, ct);
            rounds.Add((raw, events / seconds));
            equal &= same;
            Figures.Print($"round {i + 1}: raw, replay", $"{raw:0}, {events / seconds:0} answers/s");
        }

        var (r, p) = (Figures.Median(rounds.Select(x => x.Raw)), Figures.Median(rounds.Select(x => x.Replay)));
        Figures.Print($"raw upsert (facts -> sums by SQL, {Batch} a commit)", $"{r:0} answers/s");
        Figures.Print(
            "replay (events -> facts and sums, compared, swapped in)",
            $"{p:0} answers/s",
            $"{p / r:0.00} x raw: {Verdict.Least(0.5, 0.8).Of(p / r)}"
        );
        Figures.Print("checksum before and after", equal ? "equal" : "NOT EQUAL");
        var differing = await history.Scalar<string>(
            """
            SELECT coalesce(string_agg(told, ', '), 'none') FROM (
                SELECT measure || ' ' || grain || ': ' || count(*) AS told
                FROM (SELECT * FROM facts.rollups WHERE n <> 0) AS ours FULL JOIN raw.rollups AS sql USING (view, grain, measure, bucket, key, bin)
                WHERE ours.n IS DISTINCT FROM sql.n OR ours.sum IS DISTINCT FROM sql.sum OR ours.sum_sq IS DISTINCT FROM sql.sum_sq
                GROUP BY measure, grain ORDER BY measure, grain) AS differences
            """,
            ct
        );
        Figures.Print("sums that differ from the baseline's", differing);
    }

    private static async Task<double> Upsert(History history, CancellationToken ct)
    {
        await history.Run("TRUNCATE raw.rollups", ct);
        var clock = Stopwatch.StartNew();
        for (var first = 0; first < Events; first += Batch)
        {
            var part = $"thread >= 'H26-{first:0000000}' AND thread < 'H26-{first + Batch:0000000}'";
            await history.Run(
                RawRollup.Responses(
                    $"(SELECT * FROM facts.response_facts WHERE {part})",
                    "facts.response_scores",
                    "raw"
                ),
                ct
            );
        }

        return Events / clock.Elapsed.TotalSeconds;
    }

    private static async Task<(long Events, double Seconds, bool Equal)> Rebuild(
        MeasuredSystem system,
        CancellationToken ct
    )
    {
        using var http = new HttpClient { BaseAddress = system.Gateway };
        http.DefaultRequestHeaders.Authorization = new("Bearer", system.Tokens["admin"]);
        using var started = await http.PostAsync(new Uri("/v1/admin/analytics/rebuild", UriKind.Relative), null, ct);
        started.EnsureSuccessStatusCode();
        while (true)
        {
            await Task.Delay(200, ct);
            using var job = JsonDocument.Parse(await http.GetStringAsync(started.Headers.Location, ct));
            var state = job.RootElement.GetProperty("state").GetString();
            if (state == "failed")
                throw new InvalidOperationException(job.RootElement.ToString());
            if (state != "succeeded")
                continue;
            var result = job.RootElement.GetProperty("result");
            return (
                result.GetProperty("events").GetInt64(),
                result.GetProperty("seconds").GetDouble(),
                result.GetProperty("equal").GetBoolean()
            );
        }
    }
}
