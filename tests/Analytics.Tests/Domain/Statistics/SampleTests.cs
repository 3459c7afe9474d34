using CustomerFeedback.Analytics.Domain.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerFeedback.Analytics.Tests.Domain.Statistics;

public sealed class SampleTests
{
    [Fact]
    public void Students_interval_of_a_textbook_sample()
    {
        // 1..5: mean 3, s = 1.5811, t(4; 0.975) = 2.7764.
        var interval = Of(1, 2, 3, 4, 5).Interval(step: 1, least: 1, most: 5).ShouldNotBeNull();
        interval.Low.ShouldBe(3 - (2.776445 * 1.581139 / Math.Sqrt(5)), 0.00001);
        interval.High.ShouldBe(3 + (2.776445 * 1.581139 / Math.Sqrt(5)), 0.00001);
    }

    [Fact]
    public void One_answer_has_a_mean_and_no_interval()
    {
        Of(4).Mean.ShouldBe(4);
        Of(4).Interval(1, 1, 5).ShouldBeNull();
        Of().Mean.ShouldBeNull();
        Of().Interval(1, 1, 5).ShouldBeNull();
    }

    [Theory]
    [InlineData(5, 0.4345)] // z^2 / (n + z^2)
    [InlineData(100, 0.0370)]
    [InlineData(2, 0.6576)]
    public void Equal_answers_leave_the_share_open_that_Wilson_leaves_open(int n, double half)
    {
        var interval = Of([.. Enumerable.Repeat(3.0, n)]).Interval(1, 1, 5).ShouldNotBeNull();
        (3 - interval.Low).ShouldBe(half, 0.00005);
        (interval.High - 3).ShouldBe(half, 0.00005);
    }

    [Fact]
    public void An_interval_holds_its_mean_stays_on_the_scale_and_is_never_a_point()
    {
        var answers = Gen.Choose(1, 5).ListOf().Where(list => list.Count > 1);
        Prop.ForAll(
                Arb.From(answers),
                list =>
                {
                    var sample = Of([.. list.Select(x => (double)x)]);
                    var interval = sample.Interval(1, 1, 5).ShouldNotBeNull();
                    return interval.Low <= sample.Mean
                        && interval.High >= sample.Mean
                        && interval.Low >= 1
                        && interval.High <= 5
                        && interval.High - interval.Low > 0;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Welchs_test_of_two_means()
    {
        // Variances 0.5 and 1.3 of five each: t = 1.6 / 0.6 at 6.680 degrees of freedom.
        var difference = Of(4, 5, 3, 4, 4).Minus(Of(2, 3, 2, 4, 1), step: 1).ShouldNotBeNull();
        difference.Value.ShouldBe(1.6, 1e-9);
        difference.Statistic.ShouldNotBeNull().ShouldBe(8 / 3.0, 1e-9);
        difference.P.ShouldBe(0.03358, 0.00001);
    }

    [Fact]
    public void Equal_answers_on_both_sides_do_not_divide_by_nothing()
    {
        var difference = Of(5, 5, 5, 5, 5).Minus(Of(5, 5, 5, 5, 5, 5), step: 1).ShouldNotBeNull();
        difference.P.ShouldBe(1, 1e-9);
        Of(5).Minus(Of(5, 5), 1).ShouldBeNull();
    }

    private static Sample Of(params double[] values) => new(values.Length, values.Sum(), values.Sum(x => x * x));
}
