using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Tests.Domain.Statistics;

public sealed class NetPromoterTests
{
    [Theory]
    [InlineData(100, 50, 20, 30.0, 29.126, 14.05, 44.20)]
    [InlineData(400, 200, 80, 30.0, 29.777, 22.15, 37.40)]
    [InlineData(5, 5, 0, 100, 62.5, 17.49, 100)]
    public void The_adjusted_wald_interval_is_the_published_one(
        long n,
        long promoters,
        long detractors,
        double raw,
        double adjusted,
        double low,
        double high
    )
    {
        var score = new NetPromoter(n, promoters, detractors);
        score.Value.ShouldNotBeNull().ShouldBe(raw, 1e-9);
        score.Adjusted.ShouldBe(adjusted, 0.0005);
        var interval = score.Interval.ShouldNotBeNull();
        interval.Low.ShouldBe(low, 0.005);
        interval.High.ShouldBe(high, 0.005);
    }

    [Fact]
    public void The_difference_of_two_scores_is_tested_as_published()
    {
        var difference = new NetPromoter(200, 100, 40).Minus(new(200, 80, 60)).ShouldNotBeNull();
        difference.Value.ShouldBe(19.704, 0.0005);
        difference.StandardError.ShouldNotBeNull().ShouldBe(7.993, 0.0005);
        difference.Statistic.ShouldNotBeNull().ShouldBe(2.465, 0.0005);
        difference.P.ShouldBe(0.0137, 0.00005);
        difference.IsSignificant.ShouldBeTrue();
    }

    [Theory]
    [InlineData(10, 955)]
    [InlineData(5, 3828)]
    public void So_many_must_answer_to_see_a_difference(double points, long each) =>
        NetPromoter.SampleSize(0.61, 0.61, points, 0.8).ShouldBe(each);

    [Fact]
    public void Whoever_agrees_no_interval_shrinks_to_a_point()
    {
        for (var n = 1; n < 500; n++)
        {
            foreach (var score in new NetPromoter[] { new(n, n, 0), new(n, 0, n), new(n, 0, 0) })
            {
                var interval = score.Interval.ShouldNotBeNull();
                interval.High.ShouldBeGreaterThan(interval.Low);
                interval.Low.ShouldBeGreaterThanOrEqualTo(-100);
                interval.High.ShouldBeLessThanOrEqualTo(100);
            }
        }
    }

    [Fact]
    public void Nobody_asked_is_no_score()
    {
        new NetPromoter(0, 0, 0).Value.ShouldBeNull();
        new NetPromoter(0, 0, 0).Interval.ShouldBeNull();
        new NetPromoter(0, 0, 0).Minus(new(5, 5, 0)).ShouldBeNull();
    }
}
