using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>A clock per form, due at the instant that the form names.</summary>
public sealed class CollaborationClockTests
{
    private static readonly Guid Form = Guid.CreateVersion7();

    private static SlaClock Asked(string at, string answerBy, Play play) =>
        play.Do(new ClockMove.CollaborationAsked(Form, T(answerBy)), at)
            .Book.Clocks.Single(clock => clock.Subject == Form);

    [Theory]
    [InlineData("2026-03-06 16:00", "2026-03-09 10:00", 2)] // Friday 16:00 to Monday 10:00, nine to five: an hour and an hour
    [InlineData("2026-03-06 16:00", "2026-03-07 12:00", 1)] // due on Saturday, in closed hours, all the same
    [InlineData("2026-03-07 10:00", "2026-03-07 12:00", 0)] // no working time at all: it warns at once, and is due as agreed
    public void It_is_due_when_the_answer_is_needed_whatever_the_hours(string at, string answerBy, int hours)
    {
        var play = new Play("2026-03-06 09:00", On(Office()));
        var clock = Asked(at, answerBy, play);

        clock.DueAt.ShouldBe(T(answerBy));
        clock.Trace.Goal.Target.ShouldBe(TimeSpan.FromHours(hours));
        clock.Trace.BreachAt.ShouldBe(T(answerBy));
        ClockReading.Of(clock, T(answerBy).AddSeconds(-1)).State.ShouldBe(ClockState.Running);
    }

    [Fact]
    public void An_answer_at_the_agreed_instant_is_in_time_and_meets_only_its_form()
    {
        var play = new Play("2026-03-02 09:00");
        var other = Guid.CreateVersion7();
        play.Do(new ClockMove.CollaborationAsked(other, T("2026-03-02 11:00")), "2026-03-02 09:30");
        var clock = Asked("2026-03-02 09:30", "2026-03-02 10:30", play);
        play.Do(new ClockMove.CollaborationAnswered(Form), "2026-03-02 10:30");

        ClockReading.Of(clock, T("2026-03-02 12:00")).State.ShouldBe(ClockState.Met);
        play.Book.Clocks.Single(each => each.Subject == other).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Neither_resolving_nor_reclassifying_touches_it_and_cancelling_ends_it()
    {
        var play = new Play("2026-03-02 09:00").Do(new ClockMove.ContactReached(), "2026-03-02 09:10");
        var clock = Asked("2026-03-02 09:30", "2026-03-03 09:30", play);
        play.Change(facts => facts with { Urgency = Urgency.Critical }, "2026-03-02 09:40")
            .Do(new ClockMove.Resolved(), "2026-03-02 10:00");
        (clock.IsOpen, clock.DueAt).ShouldBe((true, T("2026-03-03 09:30")));

        play.Do(new ClockMove.Cancelled("spam"), "2026-03-02 11:00");
        ClockReading.Of(clock, T("2026-03-02 12:00")).State.ShouldBe(ClockState.Cancelled);
    }
}
