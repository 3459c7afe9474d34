using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>Pauses per clock and reason, and the chain of progress updates.</summary>
public sealed class PausesAndProgressTests
{
    private const string Opened = "2026-03-02 09:00";

    private static ClockName[] Running(Play play, string at) =>
        [
            .. play
                .Book.Clocks.Where(clock => ClockReading.Of(clock, T(at)).State is ClockState.Running)
                .Select(clock => clock.Name)
                .Order(),
        ];

    [Fact]
    public void When_a_breached_clock_was_due_is_a_fact_also_while_the_ticket_waits()
    {
        var play = new Play("2026-03-02 09:00", with: facts => facts with { Urgency = Urgency.Critical });
        play.Tick("2026-03-02 18:00");
        var due = T("2026-03-02 17:00");
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 18:00");

        var paused = play.Read(ClockName.Resolution, "2026-03-02 19:00");
        (paused.State, paused.DueAt, paused.BreachedAt).ShouldBe((ClockState.Breached, due, due));
        play.Last.OfType<ClockChange.Paused>()
            .Single(change => change.Clock.Name is ClockName.Resolution)
            .Reading.DueAt.ShouldBe(due);
        // What is not breached is due nobody knows when.
        var waiting = new Play("2026-03-02 09:00").Do(
            new ClockMove.Paused(PauseReason.WaitingCustomer),
            "2026-03-02 09:10"
        );
        waiting.Read(ClockName.Resolution, "2026-03-02 09:20").DueAt.ShouldBeNull();
    }

    [Fact]
    public void A_pause_at_the_very_instant_of_the_breach_comes_after_it()
    {
        var play = new Play("2026-03-02 09:00", with: facts => facts with { Urgency = Urgency.Critical });
        play.Tick("2026-03-02 17:00");
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 17:00");
        play.Read(ClockName.Resolution, "2026-03-02 17:10").State.ShouldBe(ClockState.Breached);
    }

    [Fact]
    public void Each_update_ends_one_promise_and_starts_the_next()
    {
        var play = new Play(Opened).Do(new ClockMove.ContactReached(), "2026-03-02 09:30");
        play.Do(new ClockMove.HumanUpdate(), "2026-03-02 10:30")
            .Do(new ClockMove.HandlingOpinion(), "2026-03-02 11:00");

        var progress = play.Book.Clocks.Where(clock => clock.Name is ClockName.ProgressUpdate).ToList();
        progress
            .Select(clock => clock.StartedAt)
            .ShouldBe([T("2026-03-02 09:30"), T("2026-03-02 10:30"), T("2026-03-02 11:00")]);
        progress.Select(clock => clock.IsOpen).ShouldBe([false, false, true]);
        play.Do(new ClockMove.ContactReached(), "2026-03-02 11:10");
        play.Book.Clocks.Count(clock => clock.Name is ClockName.ProgressUpdate).ShouldBe(3);
    }

    [Theory]
    [InlineData("2026-03-02 10:00", "2026-03-02 11:30")] // earlier than the target: the target holds
    [InlineData("2026-03-02 20:00", "2026-03-02 20:00")] // as announced
    [InlineData("2026-03-09 09:00", "2026-03-04 09:30")] // no further than the cap of 48 h
    public void An_announced_estimate_carries_the_next_update(string estimate, string due) =>
        new Play(Opened)
            .Do(new ClockMove.ContactReached(), "2026-03-02 09:10")
            .Do(new ClockMove.HumanUpdate(T(estimate)), "2026-03-02 09:30")
            .Read(ClockName.ProgressUpdate, "2026-03-02 09:30")
            .DueAt.ShouldBe(T(due));

    [Fact]
    public void An_estimate_in_closed_hours_is_due_when_it_was_announced()
    {
        var play = new Play("2026-03-06 09:00", On(Office())).Do(new ClockMove.ContactReached(), "2026-03-06 09:10");
        play.Do(new ClockMove.HumanUpdate(T("2026-03-07 12:00")), "2026-03-06 09:30");
        play.Read(ClockName.ProgressUpdate, "2026-03-06 09:30").DueAt.ShouldBe(T("2026-03-07 12:00"));
    }

    [Fact]
    public void Pauses_are_per_clock_and_reason()
    {
        var play = new Play(Opened).Do(new ClockMove.ContactReached(), "2026-03-02 09:10");
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 09:30");
        play.Last.OfType<ClockChange.Paused>().Select(change => change.Clock.Name).ShouldBe([ClockName.Resolution]);
        Running(play, "2026-03-02 09:30").ShouldBe([ClockName.ProgressUpdate]);
        play.Do(new ClockMove.Resumed(), "2026-03-02 12:30");
        play.Read(ClockName.Resolution, "2026-03-02 12:30").DueAt.ShouldBe(T("2026-03-05 12:00"));

        play.Do(new ClockMove.Paused(PauseReason.ThirdParty), "2026-03-02 13:00");
        play.Last.OfType<ClockChange.Paused>().ShouldBeEmpty();
        play.Do(new ClockMove.Resumed(), "2026-03-02 13:10");
        play.Last.OfType<ClockChange.Resumed>().ShouldBeEmpty();
    }

    [Fact]
    public void A_paused_clock_has_no_due_time_and_never_comes_due()
    {
        var play = new Play(Opened).Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 09:30");
        var resolution = play.Read(ClockName.Resolution, "2026-03-20 09:30");
        (resolution.State, resolution.DueAt, resolution.Consumed).ShouldBe(
            (ClockState.Paused, null, TimeSpan.FromMinutes(30))
        );
        play.Tick("2026-03-20 09:30").Last.ShouldNotContain(change => change.Clock.Name == ClockName.Resolution);
    }

    [Fact]
    public void A_direct_resolve_from_a_pause_does_not_count_the_pause()
    {
        var play = new Play(Opened).Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 09:30");
        play.Do(new ClockMove.Resolved(), "2026-04-02 09:30");
        var resolution = play.Read(ClockName.Resolution, "2026-05-01 00:00");
        (resolution.State, resolution.Consumed).ShouldBe((ClockState.Met, TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public void A_promise_that_starts_during_a_pause_starts_paused()
    {
        var play = new Play(Opened).Do(new ClockMove.ContactReached(), "2026-03-02 09:10");
        play.Do(new ClockMove.Paused(PauseReason.CustomerScheduled), "2026-03-02 09:30");
        play.Do(new ClockMove.HumanUpdate(), "2026-03-02 10:00");
        play.Read(ClockName.ProgressUpdate, "2026-03-02 12:00").State.ShouldBe(ClockState.Paused);
        play.Do(new ClockMove.Resumed("the agreed time has come"), "2026-03-03 09:00");
        play.Read(ClockName.ProgressUpdate, "2026-03-03 09:00").DueAt.ShouldBe(T("2026-03-03 11:00"));
    }

    [Fact]
    public void A_clock_attached_late_knows_the_pauses_that_it_missed()
    {
        var terms = On(
            WorkCalendar.AlwaysOpen,
            spec =>
                spec with
                {
                    PauseOn = new Dictionary<string, IReadOnlyList<string>?>
                    {
                        ["complaint_response"] = ["waiting_customer"],
                    },
                }
        );
        var play = new Play(Opened, terms);
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 10:00");
        play.Do(new ClockMove.Resumed(), "2026-03-04 10:00");
        play.Change(Complaint, "2026-03-04 11:00");
        var response = play.Read(ClockName.ComplaintResponse, "2026-03-04 11:00");
        (response.State, response.Consumed).ShouldBe((ClockState.Running, TimeSpan.FromHours(2)));
    }

    [Fact]
    public void A_clock_attached_late_knows_pauses_in_which_no_clock_was_open()
    {
        var terms = On(
            WorkCalendar.AlwaysOpen,
            spec =>
                spec with
                {
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        ["first_contact"] = new("PT1H", "PT1H", "PT1H"),
                        ["resolution"] = new(Urgent: "PT8H"),
                    },
                }
        );
        var play = new Play(Opened, terms).Do(new ClockMove.ContactReached(), "2026-03-02 09:10");
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 10:00");
        play.Last.ShouldBeEmpty();
        play.Do(new ClockMove.Resumed(), "2026-03-05 10:00");
        play.Last.ShouldBeEmpty();
        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-05 11:00");

        var resolution = play.Read(ClockName.Resolution, "2026-03-05 11:00");
        (resolution.State, resolution.Consumed, resolution.DueAt).ShouldBe(
            (ClockState.Running, TimeSpan.FromHours(2), T("2026-03-05 17:00"))
        );
        play.Read(ClockName.FirstContact, "2026-03-05 11:00").State.ShouldBe(ClockState.Met);
    }

    [Fact]
    public void What_outlasts_a_direct_resolve_from_a_pause_waits_no_longer()
    {
        var terms = On(
            WorkCalendar.AlwaysOpen,
            spec =>
                spec with
                {
                    PauseOn = new Dictionary<string, IReadOnlyList<string>?>
                    {
                        ["collaboration"] = ["waiting_customer"],
                        ["complaint_follow_up"] = ["waiting_customer"],
                    },
                }
        );
        var (play, form) = (new Play(Opened, terms), Guid.CreateVersion7());
        play.Do(new ClockMove.CollaborationAsked(form, T("2026-03-02 12:00")), "2026-03-02 09:00");
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 10:00");
        play.Do(new ClockMove.Resolved(), "2026-03-02 11:00");

        var asked = play.Read(ClockName.Collaboration, "2026-03-02 11:00");
        (asked.State, asked.DueAt).ShouldBe((ClockState.Running, T("2026-03-02 13:00")));
        // Recognised late, the call is owed since the resolution, and nothing stopped it then.
        play.Change(Complaint, "2026-03-02 15:00");
        var call = play.Read(ClockName.ComplaintFollowUp, "2026-03-02 15:00");
        (call.State, call.Consumed).ShouldBe((ClockState.Running, TimeSpan.FromHours(4)));
    }

    [Fact]
    public void An_update_that_becomes_known_late_cuts_a_promise_in_two()
    {
        var play = new Play(Opened).Do(new ClockMove.ContactReached(), "2026-03-02 09:10");
        play.Do(new ClockMove.HumanUpdate(), "2026-03-02 11:00").Do(new ClockMove.HumanUpdate(), "2026-03-02 10:00");

        var progress = play
            .Book.Clocks.Where(clock => clock.Name is ClockName.ProgressUpdate)
            .OrderBy(clock => clock.StartedAt)
            .ToList();
        progress
            .Select(clock => (clock.StartedAt, clock.EndedAt))
            .ShouldBe([
                (T("2026-03-02 09:10"), T("2026-03-02 10:00")),
                (T("2026-03-02 10:00"), T("2026-03-02 11:00")),
                (T("2026-03-02 11:00"), null),
            ]);
    }
}
