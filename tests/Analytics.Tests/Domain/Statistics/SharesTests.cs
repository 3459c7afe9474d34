using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Tests.Domain.Statistics;

public sealed class SharesTests
{
    [Theory]
    [InlineData(80, 100, 0.71117, 0.86663)]
    [InlineData(10, 10, 0.72247, 1)]
    [InlineData(0, 10, 0, 0.27753)]
    [InlineData(5, 5, 0.56552, 1)]
    public void Wilson_gives_the_published_interval(long successes, long n, double low, double high)
    {
        var interval = Shares.Wilson(successes, n).ShouldNotBeNull();
        interval.Low.ShouldBe(low, 0.000005);
        interval.High.ShouldBe(high, 0.000005);
    }

    [Fact]
    public void Nobody_asked_is_no_share() => Shares.Wilson(0, 0).ShouldBeNull();

    [Fact]
    public void Agreement_is_never_certainty()
    {
        for (var n = 1; n < 2000; n++)
        {
            Shares.Wilson(n, n).ShouldNotBeNull().Low.ShouldBeLessThan(1);
            Shares.Wilson(0, n).ShouldNotBeNull().High.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Newcombes_example_of_two_shares()
    {
        // Newcombe 1998, table II, example (a): 56/70 - 48/80, method 10.
        var difference = Shares.Compare(56, 70, 48, 80).ShouldNotBeNull();
        difference.Value.ShouldBe(0.2, 1e-9);
        difference.Interval.Low.ShouldBe(0.0524, 0.00005);
        difference.Interval.High.ShouldBe(0.3339, 0.00005);
        difference.IsSignificant.ShouldBeTrue();
    }

    [Fact]
    public void The_same_on_both_sides_is_no_difference()
    {
        Shares.Compare(8, 10, 80, 100).ShouldNotBeNull().P.ShouldBe(1, 1e-9);
        Shares.Compare(5, 5, 9, 9).ShouldNotBeNull().P.ShouldBe(1);
        Shares.Compare(5, 5, 0, 0).ShouldBeNull();
    }
}
