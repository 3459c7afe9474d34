using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Tests.Domain.Statistics;

public sealed class LogHistogramTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 2)]
    [InlineData(3, 5_000)]
    public void Percentiles_are_within_two_percent_of_the_exact_ones(int seed, int n)
    {
        var random = new Random(seed);
        // From seconds to weeks, as waiting times are.
        double[] seconds = [.. Enumerable.Range(0, n).Select(_ => Math.Exp(random.NextDouble() * 14)).Order()];
        var bins = Bins(seconds);
        foreach (var share in (double[])[0.05, 0.5, 0.8, 0.95, 0.99])
        {
            var rank = share * (n - 1);
            var (below, above) = (seconds[(int)Math.Floor(rank)], seconds[(int)Math.Ceiling(rank)]);
            var exact = below + ((above - below) * (rank - Math.Floor(rank)));
            LogHistogram.Percentile(bins, share).ShouldNotBeNull().ShouldBe(exact, exact * 0.02);
        }
    }

    [Fact]
    public void A_bin_is_one_ratio_wide_and_all_below_a_second_share_one()
    {
        for (var seconds = 1.0; seconds < 1e9; seconds *= 1.0137)
        {
            var bin = LogHistogram.BinOf(seconds);
            bin.ShouldBeGreaterThan(0);
            Math.Pow(LogHistogram.Ratio, bin - 1).ShouldBeLessThanOrEqualTo(seconds * 1.000001);
            Math.Pow(LogHistogram.Ratio, bin).ShouldBeGreaterThanOrEqualTo(seconds / 1.000001);
        }

        LogHistogram.BinOf(0).ShouldBe(0);
        LogHistogram.BinOf(0.999).ShouldBe(0);
        LogHistogram.BinOf(-1).ShouldBe(0);
    }

    [Fact]
    public void The_interval_lies_around_the_percentile_and_is_absent_where_too_few_were_counted()
    {
        var many = Bins([.. Enumerable.Range(1, 200).Select(i => (double)i)]);
        var interval = LogHistogram.PercentileInterval(many, 0.5).ShouldNotBeNull();
        // Ranks 86 and 115 of 200.
        interval.Low.ShouldBe(86, 86 * 0.02);
        interval.High.ShouldBe(115, 115 * 0.02);
        LogHistogram.PercentileInterval(many, 0.99).ShouldBeNull();
        LogHistogram.PercentileInterval(Bins([1, 2, 3]), 0.5).ShouldBeNull();
        LogHistogram.PercentileInterval([], 0.5).ShouldBeNull();
        LogHistogram.Percentile([], 0.5).ShouldBeNull();
    }

    private static Dictionary<int, Bin> Bins(double[] seconds) =>
        seconds
            .GroupBy(LogHistogram.BinOf)
            .ToDictionary(group => group.Key, group => new Bin(group.Count(), group.Sum()));
}
