using MathNet.Numerics.Distributions;

namespace CustomerFeedback.Analytics.Domain.Statistics;

/// <summary>Shares: so many of so many.</summary>
internal static class Shares
{
    /// <summary>
    /// Wilson's score interval: holds its 95 % at small n and at 0 of n or n of n, where the textbook interval shrinks to nothing.
    /// <para>E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.</para>
    /// </summary>
    /// <returns>Null when nobody answered.</returns>
    public static Interval? Wilson(long successes, long n)
    {
        if (n == 0)
            return null;
        const double z2 = Interval.Z * Interval.Z;
        var p = (double)successes / n;
        var middle = (p + (z2 / (2 * n))) / (1 + (z2 / n));
        var half = Interval.Z / (1 + (z2 / n)) * Math.Sqrt((p * (1 - p) / n) + (z2 / (4.0 * n * n)));
        // At the ends of the scale the formula gives 0 or 1 but for rounding.
        return new Interval(successes == 0 ? 0 : middle - half, successes == n ? 1 : middle + half).Within(0, 1);
    }

    /// <summary>
    /// The first share minus the second: Newcombe's hybrid interval of two Wilson intervals (method 10), and the z-test with N - 1.
    /// <para>R. G. Newcombe (1998), Statistics in Medicine 17, 873-890; I. Campbell (2007), Statistics in Medicine 26, 3661-3675.</para>
    /// </summary>
    /// <returns>Null when nobody answered on one side.</returns>
    public static Difference? Compare(long successes1, long n1, long successes2, long n2)
    {
        if (Wilson(successes1, n1) is not { } first || Wilson(successes2, n2) is not { } second)
            return null;
        var (p1, p2, n) = ((double)successes1 / n1, (double)successes2 / n2, (double)n1 + n2);
        var interval = new Interval(
            p1 - p2 - Hypotenuse(p1 - first.Low, second.High - p2),
            p1 - p2 + Hypotenuse(first.High - p1, p2 - second.Low)
        ).Within(-1, 1);
        var pooled = (successes1 + successes2) / n;
        var variance = pooled * (1 - pooled) * ((1.0 / n1) + (1.0 / n2));
        // All or nobody on both sides: nothing speaks for a difference.
        if (variance <= 0)
            return new(p1 - p2, interval, StandardError: null, Statistic: null, P: 1, "z_n_minus_1");
        var z = (p1 - p2) * Math.Sqrt((n - 1) / n) / Math.Sqrt(variance);
        return new(p1 - p2, interval, Math.Sqrt(variance), z, TwoSided(z), "z_n_minus_1");
    }

    /// <summary>How often chance alone gives a z at least as far from 0.</summary>
    public static double TwoSided(double z) => Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Abs(z)));

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
