using MathNet.Numerics.Distributions;

namespace CustomerFeedback.Analytics.Domain.Statistics;

/// <summary>
/// Net promoter score, -100..100: promoters (9, 10) minus detractors (0..6) in percent of those who answered. The point is the raw score; interval and
/// tests are those of the adjusted Wald method (three imaginary answers: 3/4 promoter, 3/4 detractor, 3/2 passive), because the raw variance claims
/// +/-0 when everybody agrees.
/// <para>J. Sauro, J. Lewis (MeasuringU), "Confidence intervals for the Net Promoter Score" and "Three significance tests for the NPS"; B. Rocks (2016), Interval estimation for the "Net Promoter Score", The American Statistician 70.</para>
/// </summary>
internal readonly record struct NetPromoter(long N, long Promoters, long Detractors)
{
    public const int PromoterFrom = 9;
    public const int DetractorTo = 6;

    /// <summary>Null when nobody answered.</summary>
    public double? Value => N == 0 ? null : 100.0 * (Promoters - Detractors) / N;

    /// <summary>The centre of the interval.</summary>
    public double Adjusted => 100 * AdjustedShare;

    public Interval? Interval
    {
        get
        {
            if (N == 0)
                return null;
            var half = Statistics.Interval.Z * Math.Sqrt(VarianceOfMean);
            return new Interval(AdjustedShare - half, AdjustedShare + half).Within(-1, 1).Times(100);
        }
    }

    private double AdjustedN => N + 3;

    private double AdjustedShare => (Promoters - Detractors) / AdjustedN;

    private double VarianceOfMean
    {
        get
        {
            var (p, d) = ((Promoters + 0.75) / AdjustedN, (Detractors + 0.75) / AdjustedN);
            return (p + d - ((p - d) * (p - d))) / AdjustedN;
        }
    }

    /// <summary>This score minus the other.</summary>
    /// <returns>Null when nobody answered on one side.</returns>
    public Difference? Minus(NetPromoter other)
    {
        if (N == 0 || other.N == 0)
            return null;
        var difference = Adjusted - other.Adjusted;
        var error = 100 * Math.Sqrt(VarianceOfMean + other.VarianceOfMean);
        var half = Statistics.Interval.Z * error;
        var interval = new Interval(difference - half, difference + half).Within(-200, 200);
        return new(
            difference,
            interval,
            error,
            difference / error,
            Shares.TwoSided(difference / error),
            "nps_adjusted_wald"
        );
    }

    /// <summary>How many must answer in each of two groups to see a difference of so many points.</summary>
    /// <param name="variance1">Of one answer, on the scale -1..1, as 0.61.</param>
    /// <param name="variance2">Of one answer in the other group.</param>
    /// <param name="points">The difference to be seen, as 5.</param>
    /// <param name="power">The chance of seeing it, as 0.8.</param>
    public static long SampleSize(double variance1, double variance2, double points, double power)
    {
        var z = Statistics.Interval.Z + Normal.InvCDF(0, 1, power);
        var share = points / 100;
        return (long)Math.Ceiling(((variance1 + variance2) * z * z / (share * share)) - 3);
    }
}
