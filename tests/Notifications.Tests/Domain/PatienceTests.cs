using CustomerFeedback.Notifications.Domain;

namespace CustomerFeedback.Notifications.Tests.Domain;

public class PatienceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);
    private static readonly Patience Usual = new(4, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1));

    [Fact]
    public void Pauses_grow_up_to_the_longest() =>
        Enumerable.Range(1, 6).Select(tries => Usual.Pause(tries).TotalSeconds).ShouldBe([10, 20, 40, 60, 60, 60]);

    [Fact]
    public void After_the_last_try_it_is_given_up()
    {
        var again = Usual.Settle(new Verdict.TryAgain("timeout"), attempts: 2, claims: 9, Now);
        again.ShouldBe(new("queued", "timeout", 3, Now.AddSeconds(40)));
        var over = Usual.Settle(new Verdict.TryAgain("timeout"), attempts: 3, claims: 9, Now);
        over.ShouldBe(new("failed", "timeout", 4, null));
        over.IsFinal.ShouldBeTrue();
    }

    [Fact]
    public void A_delay_uses_no_try_up_however_long_it_lasts() =>
        Usual
            .Settle(new Verdict.Delayed("intake_unavailable"), attempts: 3, claims: 50, Now)
            .ShouldBe(new("queued", "intake_unavailable", 3, Now.AddMinutes(1)));

    [Fact]
    public void What_is_final_is_not_tried_again()
    {
        Usual.Settle(new Verdict.Delivered(), 0, 1, Now).ShouldBe(new("delivered", null, 1, null));
        Usual.Settle(new Verdict.Refused("rejected"), 0, 1, Now).ShouldBe(new("failed", "rejected", 1, null));
        Usual
            .Settle(new Verdict.Unwanted("do_not_contact"), 0, 1, Now)
            .ShouldBe(new("suppressed", "do_not_contact", 0, null));
    }
}
