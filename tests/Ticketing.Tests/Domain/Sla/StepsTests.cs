using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>Warnings, breach and ladder: when, in which order, and each once.</summary>
public sealed class StepsTests
{
    private const string Received = "2026-03-02 09:00";

    private static readonly SlaTerms OneHour = Only("first_contact", "PT1H", WorkCalendar.AlwaysOpen);

    private static string[] Steps(IEnumerable<ClockChange> changes) =>
        [
            .. changes.Select(change =>
                change switch
                {
                    ClockChange.WarningReached warning => $"{warning.Key} {warning.ReachedAt:HH:mm}",
                    ClockChange.Breached breached => $"breach {breached.BreachedAt:HH:mm}",
                    ClockChange.StepFired step => $"{step.Step}>{Word.Of(step.To)} {step.DueAt:HH:mm}",
                    _ => change.GetType().Name,
                }
            ),
        ];

    [Fact]
    public void The_whole_climb_in_order_with_true_times_after_an_outage() =>
        Steps(new Play(Received, OneHour).Tick("2026-03-02 20:00").Last)
            .ShouldBe([
                "warn:0.5 09:30",
                "warn:0.8 09:48",
                "breach 10:00",
                "at:1>assignee 10:00",
                "after:PT30M>lead 10:30",
                "after:PT1H>manager 11:00",
                "after:PT2H>duty 12:00",
            ]);

    [Fact]
    public void Never_early_never_twice()
    {
        var play = new Play(Received, OneHour);
        play.Book.FireDue(T("2026-03-02 09:30").AddMicroseconds(-1)).ShouldBeEmpty();
        Steps(play.Book.FireDue(T("2026-03-02 09:30"))).ShouldBe(["warn:0.5 09:30"]);
        play.Book.FireDue(T("2026-03-02 09:30")).ShouldBeEmpty();
        play.Clock(ClockName.FirstContact).NextStepAt.ShouldBe(T("2026-03-02 09:48"));
    }

    [Fact]
    public void A_command_fires_what_was_due_before_it_as_the_timer_would_have()
    {
        var play = new Play(Received, OneHour).Do(new ClockMove.ContactReached(), "2026-03-02 10:40");
        Steps(play.Last)
            .ShouldBe([
                "warn:0.5 09:30",
                "warn:0.8 09:48",
                "breach 10:00",
                "at:1>assignee 10:00",
                "after:PT30M>lead 10:30",
                "Met",
            ]);
        play.Tick("2026-03-03 10:40").Last.ShouldBeEmpty();
        play.Clock(ClockName.FirstContact).NextStepAt.ShouldBeNull();
    }

    [Fact]
    public void Met_in_time_nothing_fires_any_more() =>
        new Play(Received, OneHour)
            .Do(new ClockMove.ContactReached(), "2026-03-02 09:20")
            .Tick("2026-03-02 20:00")
            .Last.ShouldBeEmpty();

    [Fact]
    public void A_pause_moves_what_lies_ahead_and_fires_nothing_again()
    {
        var terms = Only("first_contact", "PT1H", WorkCalendar.AlwaysOpen, ["waiting_customer"]);
        var play = new Play(Received, terms).Tick("2026-03-02 09:35");
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 09:40");
        play.Clock(ClockName.FirstContact).NextStepAt.ShouldBeNull();
        play.Do(new ClockMove.Resumed(), "2026-03-02 11:40").Tick("2026-03-02 12:00");
        Steps(play.Last).ShouldBe(["warn:0.8 11:48", "breach 12:00", "at:1>assignee 12:00"]);
    }

    [Fact]
    public void After_a_breach_the_ladder_is_climbed_by_the_clock_on_the_wall_even_while_paused()
    {
        var terms = Only("first_contact", "PT1H", WorkCalendar.AlwaysOpen, ["waiting_customer"]);
        var play = new Play(Received, terms).Tick("2026-03-02 10:05");
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 10:10").Tick("2026-03-02 10:30");
        Steps(play.Last).ShouldBe(["after:PT30M>lead 10:30"]);
    }

    [Fact]
    public void A_change_that_puts_shares_into_the_past_fires_them_at_the_change()
    {
        var play = new Play(Received, OneHour);
        play.Terms = On(
            WorkCalendar.AlwaysOpen,
            spec =>
                spec with
                {
                    Id = "half",
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        ["first_contact"] = new("PT30M", "PT30M", "PT30M"),
                    },
                }
        );
        play.Change(facts => facts with { Segment = Segment.Vip }, "2026-03-02 09:20");
        Steps(play.Last).ShouldBe(["Retargeted", "warn:0.5 09:20"]);
        Steps(play.Tick("2026-03-02 09:30").Last).ShouldBe(["warn:0.8 09:24", "breach 09:30", "at:1>assignee 09:30"]);
    }

    [Fact]
    public void A_breach_by_a_change_starts_the_ladder_at_the_change()
    {
        var play = new Play(Received).Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-02 09:20");
        Steps(play.Last.Where(change => change.Clock.Name is ClockName.FirstContact))
            .ShouldBe(["Retargeted", "warn:0.5 09:20", "warn:0.8 09:20", "breach 09:20", "at:1>assignee 09:20"]);
        Steps(play.Tick("2026-03-02 09:50").Last).ShouldBe(["after:PT30M>lead 09:50"]);
    }

    [Fact]
    public void Steps_before_and_beyond_the_target_count_its_shares()
    {
        var terms = On(
            Office(),
            spec =>
                spec with
                {
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        ["first_contact"] = new("PT2H", "PT2H", "PT2H"),
                    },
                    WarnAt = [],
                    Escalation =
                    [
                        new(At: 0.75, To: "lead"),
                        new(At: 1.5, To: "manager"),
                        new(After: "PT10M", To: "assignee"),
                        new(After: "PT10M", To: "duty"),
                    ],
                }
        );
        Steps(new Play("2026-03-06 14:30", terms).Tick("2026-03-10 09:00").Last)
            .ShouldBe([
                "at:0.75>lead 16:00",
                "breach 16:30",
                "after:PT10M>assignee 16:40",
                "after:PT10M:duty>duty 16:40",
                "at:1.5>manager 09:30",
            ]);
    }

    [Fact]
    public void The_reading_of_a_step_is_of_its_own_time()
    {
        var warning = new Play(Received, OneHour)
            .Tick("2026-03-02 20:00")
            .Last.OfType<ClockChange.WarningReached>()
            .First();
        (warning.Reading.State, warning.Reading.Consumed).ShouldBe((ClockState.Running, TimeSpan.FromMinutes(30)));
        warning.Reading.BreachedAt.ShouldBeNull();
    }

    [Fact]
    public void A_request_that_arrives_late_is_warned_of_and_breached_at_its_true_times() =>
        Steps(new Play(Received, OneHour, openedAt: "2026-03-02 10:10").All)
            .ShouldBe(["Started", "warn:0.5 09:30", "warn:0.8 09:48", "breach 10:00", "at:1>assignee 10:00"]);
}
