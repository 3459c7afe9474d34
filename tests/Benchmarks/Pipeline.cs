using System.Collections.Concurrent;
using System.Diagnostics;

namespace CustomerFeedback.Benchmarks;

/// <summary>From a posted request to a ticket that can be read: how many a second are sustained, and how long one takes at half of that.</summary>
internal static class Pipeline
{
    private const int Burst = 4000;
    private const int Rounds = 3;
    private const int OneInN = 10;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <param name="system">What is measured.</param>
    /// <param name="acceptAlone">Accepts per second when nothing else is asked for.</param>
    /// <param name="ct">Ends it early.</param>
    public static async Task Run(MeasuredSystem system, double acceptAlone, CancellationToken ct)
    {
        await Tickets.Drained(system, ct);
        await Sustained(system, ct); // warms up the ticket side
        var rates = new List<double>();
        for (var i = 0; i < Rounds; i++)
            rates.Add(await Sustained(system, ct));

        var sustained = Figures.Median(rates);
        Figures.Title("Pipeline: request -> ticket");
        Figures.Print(
            $"sustained ({Burst} requests until the last event left)",
            $"{sustained:0} /s",
            acceptAlone > 0 ? $"{sustained / acceptAlone:0.00} x accept alone (must 0.25, aim 0.4)" : null
        );

        var (latencies, growth) = await Readable(system, sustained / 2, ct);
        Figures.Print(
            $"posted -> ticket readable at {sustained / 2:0} /s",
            Accept.Latency(latencies),
            "must p99 <= 500 ms, aim 250"
        );
        Figures.Print($"backlog after {Duration.TotalSeconds:0} s at that rate", $"{growth} requests without a ticket");
    }

    private static async Task<double> Sustained(MeasuredSystem system, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var left = Burst;
        await Accept.WithConnections(
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
        await Tickets.Drained(system, ct);
        return Burst / clock.Elapsed.TotalSeconds;
    }

    private static async Task<(double[] Latencies, long Growth)> Readable(
        MeasuredSystem system,
        double rate,
        CancellationToken ct
    )
    {
        var latencies = new ConcurrentBag<double>();
        var watchers = new ConcurrentBag<Task>();
        await Accept.WithConnections(
            system.Gateway,
            connections =>
                Load.AtRate(
                    rate,
                    Duration,
                    connections.Length,
                    i =>
                        async k =>
                        {
                            var posted = Stopwatch.GetTimestamp();
                            var (_, answer) = await Accept.Post(system, connections[i], system.Gateway, ct);
                            if (k % OneInN == 0)
                                watchers.Add(Watch(system, Requests.Number(answer), posted, latencies, ct));
                        }
                ),
            ct
        );
        var (requests, tickets) = await Tickets.Count(system, ct);
        await Task.WhenAll(watchers);
        return ([.. latencies.Order()], requests - tickets);
    }

    /// <summary>Reads the ticket as its agent would, again and again until it is there.</summary>
    private static async Task Watch(
        MeasuredSystem system,
        string number,
        long posted,
        ConcurrentBag<double> latencies,
        CancellationToken ct
    )
    {
        using var connection = await HttpConnection.Open(system.Gateway, ct);
        var read = HttpConnection.Request("GET", system.Gateway, $"/v1/tickets/{number}", system.Tokens["manager"]);
        while ((await connection.Exchange(read, ct)).Status != 200)
            await Task.Delay(5, ct);

        latencies.Add(Stopwatch.GetElapsedTime(posted).TotalMilliseconds);
    }
}
