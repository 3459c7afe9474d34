namespace CustomerFeedback.Benchmarks;

/// <summary>The rate that a system keeps up with: what arrives evenly is worked off in small portions, which costs more than a burst of the same size.</summary>
internal static class Steady
{
    private const double Step = 0.85;
    public static readonly TimeSpan Stretch = TimeSpan.FromSeconds(15);

    /// <summary>Tries lower and lower rates until no more than half a second's work waits at the end of a stretch.</summary>
    /// <param name="from">Per second: the rate of a burst.</param>
    /// <param name="drive">Brings that many a second for <see cref="Stretch"/>.</param>
    /// <param name="backlogs">Of the whole system.</param>
    /// <param name="ct">Ends it early.</param>
    public static async Task<double> Rate(
        double from,
        Func<double, Task> drive,
        Backlogs backlogs,
        CancellationToken ct
    )
    {
        var rate = from;
        while (true)
        {
            await drive(rate);
            var waiting = await backlogs.Everything(ct);
            await backlogs.Drained(ct);
            if (waiting <= rate / 2)
                return rate;
            rate *= Step;
        }
    }
}
