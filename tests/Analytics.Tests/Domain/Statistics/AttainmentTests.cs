using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Tests.Domain.Statistics;

public sealed class AttainmentTests
{
    [Fact]
    public void An_open_instance_past_its_due_time_is_breached_already()
    {
        var attainment = new Attainment(Met: 80, Breached: 15, OverdueOpen: 5);
        attainment.N.ShouldBe(100);
        attainment.Value.ShouldBe(0.8);
        attainment.Interval.ShouldBe(Shares.Wilson(80, 100));
    }

    [Fact]
    public void Nothing_decided_is_no_attainment()
    {
        new Attainment(0, 0, 0).Value.ShouldBeNull();
        new Attainment(0, 0, 0).Interval.ShouldBeNull();
    }
}
