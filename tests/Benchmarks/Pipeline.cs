using System.Collections.Concurrent;
using System.Diagnostics;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// From a posted request to a ticket that can be read, with the whole system at work: how many a second are sustained, how long one
/// takes at half of that, and whether anything is left behind.
/// </summary>
internal static class Pipeline
{
    private const int Burst = 1000;
    private const int Rounds = 3;
    private const int OneInN = 20;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>Requests per second: accepted while all else stands still; until each had its ticket; until nothing was left to do anywhere.</summary>
    private readonly record struct Round(double Alone, double Tickets, double Everything);

    public static async Task Run(MeasuredSystem system, CancellationToken ct)
    {
        await using var backlogs = await Backlogs.Of(system, ct);
        await Measure(system, backlogs, ct); // warms up every side
        var rounds = new List<Round>();
        for (var i = 0; i < Rounds; i++)
            rounds.Add(await Measure(system, backlogs, ct));

        var alone = Figures.Median(rounds.Select(round => round.Alone));
        var tickets = Figures.Median(rounds.Select(round => round.Tickets));
        var sustained = Figures.Median(rounds.Select(round => round.Everything));
        Figures.Title(
            $"Pipeline: request -> ticket, all services at work, {Rounds} rounds of {Burst} in turn, medians"
        );
        Figures.Print("accept alone (the other services stand still)", $"{alone:0} /s");
        Figures.Print(
            "sustained until each had its ticket",
            $"{tickets:0} /s",
            $"{tickets / alone:0.00} x accept alone"
        );
        Figures.Print(
            "sustained until nothing was left to do anywhere",
            $"{sustained:0} /s",
            $"{sustained / alone:0.00} x accept alone"
        );

        var steady = await Steady.Rate(
            sustained,
            rate => Readable(system, backlogs, rate, Steady.Stretch, ct),
            backlogs,
            ct
        );
        Figures.Print(
            "sustained evenly, nothing piling up",
            $"{steady:0} /s",
            $"{steady / alone:0.00} x accept alone: {Verdict.Least(0.25, 0.4).Of(steady / alone)}"
        );
        var (latencies, growth) = await Readable(system, backlogs, steady / 2, Duration, ct);
        Figures.Print(
            $"posted -> ticket readable at {steady / 2:0} /s",
            Accept.Latency(latencies),
            $"p99: {Verdict.Most(500, 250).Of(Figures.Percentile(latencies, 0.99))}"
        );
        Figures.Print(
            $"waiting after {Duration.TotalSeconds:0} s at that rate",
            $"{growth[^1]} messages",
            $"every 10 s: {string.Join(", ", growth)}"
        );
    }

    private static async Task<Round> Measure(MeasuredSystem system, Backlogs backlogs, CancellationToken ct)
    {
        double alone;
        using (new Standstill(system, MeasuredSystem.Whole.Where(service => service != "intake")))
        {
            var accept = Stopwatch.StartNew();
            await Post(system, ct);
            alone = Burst / accept.Elapsed.TotalSeconds;
        }

        await backlogs.Drained(ct);
        var clock = Stopwatch.StartNew();
        await Post(system, ct);
        await backlogs.Opened(ct);
        var opened = Burst / clock.Elapsed.TotalSeconds;
        await backlogs.Drained(ct);
        return new(alone, opened, Burst / clock.Elapsed.TotalSeconds);
    }

    private static Task<bool> Post(MeasuredSystem system, CancellationToken ct)
    {
        var left = Burst;
        return Accept.WithConnections(
            system.Intake,
            async connections =>
            {
                await Task.WhenAll(
                    connections.Select(async connection =>
                    {
                        while (Interlocked.Decrement(ref left) >= 0)
                            await Accept.Post(system, connection, system.Intake, ct);
                    })
                );
                return true;
            },
            ct
        );
    }

    private static async Task<(double[] Latencies, long[] Waiting)> Readable(
        MeasuredSystem system,
        Backlogs backlogs,
        double rate,
        TimeSpan duration,
        CancellationToken ct
    )
    {
        var latencies = new ConcurrentBag<double>();
        var watchers = new ConcurrentBag<Task>();
        var waiting = Growth(backlogs, duration, ct);
        await Accept.WithConnections(
            system.Gateway,
            connections =>
                Load.AtRate(
                    rate,
                    duration,
                    connections.Length,
                    i =>
                        async (k, late) =>
                        {
                            var due = Stopwatch.GetTimestamp() - (long)(late.TotalSeconds * Stopwatch.Frequency);
                            var (_, answer) = await Accept.Post(system, connections[i], system.Gateway, ct);
                            if (k % OneInN == 0)
                                watchers.Add(Watch(system, Requests.Number(answer), due, latencies, ct));
                        }
                ),
            ct
        );
        await Task.WhenAll(watchers);
        return ([.. latencies.Order()], await waiting);
    }

    private static async Task<long[]> Growth(Backlogs backlogs, TimeSpan duration, CancellationToken ct)
    {
        var waiting = new long[6];
        for (var i = 0; i < waiting.Length; i++)
        {
            await Task.Delay(duration / waiting.Length * 0.98, ct);
            waiting[i] = await backlogs.Everything(ct);
        }

        return waiting;
    }

    /// <summary>Reads the ticket as its agent would, again and again until it is there.</summary>
    private static async Task Watch(
        MeasuredSystem system,
        string number,
        long due,
        ConcurrentBag<double> latencies,
        CancellationToken ct
    )
    {
        using var connection = await HttpConnection.Open(system.Gateway, ct);
        var read = HttpConnection.Request("GET", system.Gateway, $"/v1/tickets/{number}", system.Tokens["manager"]);
        while ((await connection.Exchange(read, ct)).Status != 200)
            await Load.Breath(due, ct);

        latencies.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
    }
}
