namespace CustomerFeedback.Analytics.Domain.Statistics;

/// <summary>What fell into one bin: how many and their sum.</summary>
internal readonly record struct Bin(long N, double Sum)
{
    public double Mean => Sum / N;

    public static Bin operator +(Bin a, Bin b) => new(a.N + b.N, a.Sum + b.Sum);
}

/// <summary>
/// Durations counted in bins whose bounds grow by a constant ratio: mergeable, and any percentile is within a bin (2 %) of the exact one, mostly far nearer,
/// because a bin answers with its mean.
/// <para>After C. Masson, J. Rim, H. Lee (2019), DDSketch, PVLDB 12.</para>
/// </summary>
internal static class LogHistogram
{
    /// <summary>Of the bounds of a bin.</summary>
    public const double Ratio = 1.02;

    /// <summary>The bin of a duration: one for all that is shorter than a second.</summary>
    public static int BinOf(double seconds) =>
        seconds < 1 ? 0 : 1 + (int)Math.Floor(Math.Log(seconds) / Math.Log(Ratio));

    /// <summary>The percentile as <c>percentile_cont</c> has it: between the two neighbouring ranks by their distance.</summary>
    /// <returns>Null when nothing was counted.</returns>
    public static double? Percentile(IEnumerable<KeyValuePair<int, Bin>> bins, double share)
    {
        var sorted = Sorted(bins, out var n);
        if (n == 0)
            return null;
        var rank = share * (n - 1);
        var (below, above) = (At(sorted, (long)Math.Floor(rank)), At(sorted, (long)Math.Ceiling(rank)));
        return below + ((above - below) * (rank - Math.Floor(rank)));
    }

    /// <summary>
    /// The percentile's 95 % interval from the ranks that a binomial count leaves open, whatever the distribution.
    /// <para>W. J. Conover (1999), Practical Nonparametric Statistics, 3.2.</para>
    /// </summary>
    /// <returns>Null where too few were counted for both ranks to exist.</returns>
    public static Interval? PercentileInterval(IEnumerable<KeyValuePair<int, Bin>> bins, double share)
    {
        var sorted = Sorted(bins, out var n);
        var half = Interval.Z * Math.Sqrt(n * share * (1 - share));
        var (low, high) = ((long)Math.Floor((n * share) - half), (long)Math.Ceiling((n * share) + half) + 1);
        return low >= 1 && high <= n ? new(At(sorted, low - 1), At(sorted, high - 1)) : null;
    }

    private static Bin[] Sorted(IEnumerable<KeyValuePair<int, Bin>> bins, out long n)
    {
        Bin[] sorted = [.. bins.Where(bin => bin.Value.N > 0).OrderBy(bin => bin.Key).Select(bin => bin.Value)];
        n = sorted.Sum(bin => bin.N);
        return sorted;
    }

    private static double At(Bin[] sorted, long rank)
    {
        var passed = 0L;
        foreach (var bin in sorted)
        {
            passed += bin.N;
            if (rank < passed)
                return bin.Mean;
        }

        return sorted[^1].Mean;
    }
}
