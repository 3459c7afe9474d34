using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace CustomerFeedback.Analytics.Domain.Statistics;

/// <summary>
/// A mean from mergeable sums. Its interval is Student's; two rules keep it honest where few answered or all agree:
/// one answer has no interval, and the half-width is never less than one step of the scale times Wilson's upper limit for "none of n"
/// (z^2 / (n + z^2)): n equal answers do not rule out that this share of all customers would have answered a step away.
/// <para>Student (1908), Biometrika 6; the floor is our own choice, after E. B. Wilson (1927), and fades as 1/n.</para>
/// </summary>
internal readonly record struct Sample(long N, double Sum, double SumOfSquares)
{
    private static readonly ConcurrentDictionary<long, double> Quantiles = new();

    public double? Mean => N == 0 ? null : Sum / N;

    /// <summary>Unbiased; null below two answers.</summary>
    public double? Variance => N < 2 ? null : Math.Max(0, (SumOfSquares - (Sum * Sum / N)) / (N - 1));

    /// <summary>95 %, cut off at the ends of the scale; null below two answers.</summary>
    /// <param name="step">The distance of two neighbouring answers.</param>
    /// <param name="least">The scale's lower end.</param>
    /// <param name="most">The scale's upper end.</param>
    public Interval? Interval(double step, double least, double most)
    {
        if (Variance is not { } variance)
            return null;
        var half = Math.Max(Student(N - 1) * Math.Sqrt(variance / N), step * FloorShare);
        return new Interval(Sum / N - half, Sum / N + half).Within(least, most);
    }

    /// <summary>This mean minus the other: Welch's test, with the same floor under each variance as under the interval.</summary>
    /// <returns>Null below two answers on either side.</returns>
    public Difference? Minus(Sample other, double step)
    {
        if (N < 2 || other.N < 2)
            return null;
        var (v1, v2) = (VarianceOfMean(step), other.VarianceOfMean(step));
        var (difference, error) = ((Sum / N) - (other.Sum / other.N), Math.Sqrt(v1 + v2));
        // B. L. Welch (1947), Biometrika 34; degrees of freedom after Satterthwaite.
        var freedom = (v1 + v2) * (v1 + v2) / ((v1 * v1 / (N - 1)) + (v2 * v2 / (other.N - 1)));
        var half = StudentT.InvCDF(0, 1, freedom, 0.975) * error;
        return new(
            difference,
            new(difference - half, difference + half),
            error,
            difference / error,
            Math.Min(1, 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(difference / error))),
            "welch_t"
        );
    }

    private double FloorShare =>
        Statistics.Interval.Z * Statistics.Interval.Z / (N + (Statistics.Interval.Z * Statistics.Interval.Z));

    private double VarianceOfMean(double step)
    {
        var floor = step * FloorShare / Student(N - 1);
        return Math.Max(Variance!.Value / N, floor * floor);
    }

    // The quantile is found by search: once per number of answers, and beyond a thousand it is the normal one to three digits.
    private static double Student(long freedom) =>
        freedom > 1000
            ? Statistics.Interval.Z * (1 + (1.0 / freedom))
            : Quantiles.GetOrAdd(freedom, static f => StudentT.InvCDF(0, 1, f, 0.975));
}
