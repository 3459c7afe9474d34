using System.Diagnostics;

namespace CustomerFeedback.Benchmarks;

/// <summary>Drives one operation, either as fast as N connections can or at a fixed rate.</summary>
internal static class Load
{
    /// <summary>Closed model: each of <paramref name="connections"/> workers does one after the other.</summary>
    /// <returns>Operations per second.</returns>
    public static async Task<double> Saturate(int connections, TimeSpan duration, Func<int, Func<Task>> worker)
    {
        var clock = Stopwatch.StartNew();
        var done = 0L;
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        var operation = worker(i);
                        while (clock.Elapsed < duration)
                        {
                            await operation();
                            Interlocked.Increment(ref done);
                        }
                    })
                )
        );
        return done / clock.Elapsed.TotalSeconds;
    }

    /// <summary>
    /// Between two looks at what is not there yet: a twentieth of the time it has taken so far, 10 ms at least. That much a latency may be
    /// too long; but those who look must not become the load that they wait behind.
    /// </summary>
    /// <param name="since">A timestamp: when it was due.</param>
    public static Task Breath(long since, CancellationToken ct)
    {
        var waited = Stopwatch.GetElapsedTime(since) / 20;
        var least = TimeSpan.FromMilliseconds(10);
        return Task.Delay(waited > least ? waited : least, ct);
    }

    /// <summary>
    /// Open model: operation k is due at k / rate, whatever became of the ones before; its latency counts from then, so a
    /// stall is charged to everything that had to wait for it (no coordinated omission).
    /// </summary>
    /// <param name="perSecond">Operations that become due in a second.</param>
    /// <param name="duration">How long they do.</param>
    /// <param name="connections">Operations under way at most.</param>
    /// <param name="worker">Of a connection: does operation k, and is told how late it begins.</param>
    /// <returns>Latencies in milliseconds, sorted.</returns>
    public static async Task<double[]> AtRate(
        double perSecond,
        TimeSpan duration,
        int connections,
        Func<int, Func<int, TimeSpan, Task>> worker
    )
    {
        var total = (int)(perSecond * duration.TotalSeconds);
        var latencies = new double[total];
        var next = -1;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        var operation = worker(i);
                        for (var k = Interlocked.Increment(ref next); k < total; k = Interlocked.Increment(ref next))
                        {
                            var due = TimeSpan.FromSeconds(k / perSecond);
                            var early = due - clock.Elapsed;
                            if (early > TimeSpan.Zero)
                                await Task.Delay(early);
                            await operation(k, clock.Elapsed - due);
                            latencies[k] = (clock.Elapsed - due).TotalMilliseconds;
                        }
                    })
                )
        );
        Array.Sort(latencies);
        return latencies;
    }
}
