using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>The cases that broke other systems, by their id. G22 (an instant is an instant), G24 to G26 are tests of the service.</summary>
public sealed class SlaCasesTests
{
    [Fact]
    public void G1_an_hour_from_Friday_half_past_four_is_due_on_Monday_half_past_nine() =>
        new Play("2026-03-06 16:30", On(Office()))
            .Read(ClockName.FirstContact, "2026-03-06 16:30")
            .DueAt.ShouldBe(T("2026-03-09 09:30"));

    [Fact]
    public void G2_twenty_four_working_hours_from_Saturday_noon_are_due_on_Wednesday_at_five() =>
        new Play("2026-03-07 12:00", Only("resolution", "PT24H", Office()))
            .Read(ClockName.Resolution, "2026-03-07 12:00")
            .DueAt.ShouldBe(T("2026-03-11 17:00"));

    [Fact]
    public void G4_in_the_night_of_summer_time_two_hours_are_two_hours()
    {
        string[] days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        var berlin = Office("Europe/Berlin", "00:00-24:00", days: days);
        new Play("2026-03-29 00:30", Only("first_contact", "PT2H", berlin))
            .Read(ClockName.FirstContact, "2026-03-29 00:30")
            .DueAt.ShouldBe(T("2026-03-29 02:30"));
    }

    [Fact]
    public void G6_a_calendar_with_one_working_day_a_week_comes_to_the_right_day() =>
        new Play("2026-03-05 16:00", Only("resolution", "PT10H", Office(days: "thu")))
            .Read(ClockName.Resolution, "2026-03-05 16:00")
            .DueAt.ShouldBe(T("2026-03-19 10:00"));

    [Fact]
    public void G7_a_calendar_that_never_opens_is_none()
    {
        WorkCalendar
            .TryCreate(new("never", "UTC", new Dictionary<string, IReadOnlyList<string>>(), [], []), out var problems)
            .ShouldBeNull();
        problems.ShouldHaveSingleItem().Code.ShouldBe("never_opens");
    }

    [Fact]
    public void G8_a_contact_and_a_pause_in_one_command_record_the_first_contact()
    {
        var play = new Play("2026-03-02 09:00");
        play.Do(new ClockMove.ContactReached(), "2026-03-02 09:10");
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 09:10");

        var contact = play.Read(ClockName.FirstContact, "2026-03-02 10:00");
        contact.State.ShouldBe(ClockState.Met);
        contact.MetAt.ShouldBe(T("2026-03-02 09:10"));
        play.Read(ClockName.Resolution, "2026-03-02 10:00").State.ShouldBe(ClockState.Paused);
    }

    [Fact]
    public void G10_three_days_of_pause_stay_excluded_when_the_urgency_changes_to_another_policy()
    {
        var play = new Play("2026-03-02 09:00");
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 11:00");
        play.Do(new ClockMove.Resumed(), "2026-03-05 11:00");
        play.Terms = On(WorkCalendar.AlwaysOpen, spec => spec with { Id = "urgent" });
        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-05 12:00");

        var resolution = play.Read(ClockName.Resolution, "2026-03-05 12:00");
        resolution.State.ShouldBe(ClockState.Running);
        resolution.Target.ShouldBe(TimeSpan.FromHours(24));
        resolution.Consumed.ShouldBe(TimeSpan.FromHours(3));
        resolution.DueAt.ShouldBe(T("2026-03-06 09:00"));
        resolution.Pin.PolicyId.ShouldBe("urgent");
    }

    [Fact]
    public void G10_a_lasting_pause_survives_the_change_even_to_a_policy_that_would_not_pause()
    {
        var play = new Play("2026-03-02 09:00");
        play.Do(new ClockMove.Paused(PauseReason.WaitingCustomer), "2026-03-02 11:00");
        play.Terms = On(
            WorkCalendar.AlwaysOpen,
            spec => spec with { Id = "urgent", PauseOn = new Dictionary<string, IReadOnlyList<string>?>() }
        );
        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-04 11:00");

        play.Read(ClockName.Resolution, "2026-03-05 11:00").State.ShouldBe(ClockState.Paused);
        play.Do(new ClockMove.Resumed(), "2026-03-05 11:00");
        play.Read(ClockName.Resolution, "2026-03-05 11:00").DueAt.ShouldBe(T("2026-03-06 09:00"));
    }

    [Fact]
    public void G14_progress_waits_for_the_first_contact_even_where_its_target_is_shorter()
    {
        var play = new Play("2026-03-02 09:00");
        play.Do(new ClockMove.HumanUpdate(), "2026-03-02 09:20");
        play.Has(ClockName.ProgressUpdate).ShouldBeFalse();

        play.Do(new ClockMove.ContactReached(), "2026-03-02 09:30");
        play.Read(ClockName.ProgressUpdate, "2026-03-02 09:30").DueAt.ShouldBe(T("2026-03-02 11:30"));
    }

    [Fact]
    public void G15_the_customer_silent_the_contact_clock_is_met_and_progress_runs()
    {
        var play = new Play("2026-03-02 09:00").Do(new ClockMove.ContactReached(), "2026-03-02 09:30");

        play.Read(ClockName.FirstContact, "2026-03-02 10:00").State.ShouldBe(ClockState.Met);
        play.Read(ClockName.ProgressUpdate, "2026-03-02 10:00").State.ShouldBe(ClockState.Running);
    }

    [Fact]
    public void G16_a_reopening_starts_anew_and_is_not_breached_by_old_age()
    {
        var play = new Play("2026-03-02 09:00", with: Complaint);
        play.Do(new ClockMove.Resolved(), "2026-03-02 10:00");
        play.Do(new ClockMove.Fulfilled(ClockName.ComplaintFollowUp), "2026-03-02 15:00");
        play.Do(new ClockMove.Reopened(), "2026-04-02 10:00");

        play.All.OfType<ClockChange.Breached>().ShouldBeEmpty();
        foreach (var name in new[] { ClockName.Resolution, ClockName.ProgressUpdate, ClockName.ComplaintResponse })
        {
            var clock = play.Read(name, "2026-04-02 10:00", episode: 2);
            clock.StartedAt.ShouldBe(T("2026-04-02 10:00"));
            clock.Consumed.ShouldBe(TimeSpan.Zero);
            clock.State.ShouldBe(ClockState.Running);
        }

        play.Has(ClockName.FirstContact, episode: 2).ShouldBeFalse();
        play.Read(ClockName.Resolution, "2026-04-02 10:00", episode: 1).State.ShouldBe(ClockState.Met);
    }

    [Fact]
    public void G18_a_resolution_without_contact_meets_what_is_open_and_says_so()
    {
        var play = new Play("2026-03-02 09:00", with: facts => Complaint(facts) with { Complex = true });
        play.Do(new ClockMove.Resolved(), "2026-03-02 09:30");

        foreach (var name in new[] { ClockName.FirstContact, ClockName.ComplaintResponse, ClockName.SolutionPlan })
        {
            var clock = play.Read(name, "2026-03-02 09:30");
            clock.State.ShouldBe(ClockState.Met);
            clock.Marks.ShouldBe([ClockMark.ByResolution]);
        }

        play.Read(ClockName.Resolution, "2026-03-02 09:30").Marks.ShouldBeEmpty();
    }

    [Fact]
    public void G19_a_clock_that_is_attached_late_counts_since_receipt_and_says_when_it_was_attached()
    {
        var play = new Play("2026-03-02 09:00");
        play.Change(Complaint, "2026-03-02 12:00");

        var response = play.Read(ClockName.ComplaintResponse, "2026-03-02 12:00");
        response.StartedAt.ShouldBe(T("2026-03-02 09:00"));
        response.Consumed.ShouldBe(TimeSpan.FromHours(3));
        response.DueAt.ShouldBe(T("2026-03-02 13:00"));
        response.Marks.ShouldBe([ClockMark.LateClassification]);
        play.Clock(ClockName.ComplaintResponse).Entries[0].AttachedAt.ShouldBe(T("2026-03-02 12:00"));
    }

    [Fact]
    public void G19_attached_after_its_time_it_is_breached_at_the_moment_of_the_change()
    {
        var play = new Play("2026-03-02 09:00").Do(new ClockMove.ContactReached(), "2026-03-02 09:10");
        play.Change(Complaint, "2026-03-03 12:00");

        var breach = play
            .Last.OfType<ClockChange.Breached>()
            .Single(change => change.Clock.Name is ClockName.ComplaintResponse);
        (breach.BreachedAt, breach.Cause).ShouldBe((T("2026-03-03 12:00"), BreachCause.Retarget));
    }

    [Fact]
    public void G20_a_new_version_of_the_same_policy_moves_nothing_silently()
    {
        var play = new Play("2026-03-02 09:00");
        play.Terms = On(Office(), version: 2);
        play.Change(facts => facts with { ComplaintLevel = 2 }, "2026-03-02 09:05");
        play.Last.ShouldBeEmpty();

        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-02 09:06");
        var contact = play.Read(ClockName.FirstContact, "2026-03-02 09:06");
        contact.Target.ShouldBe(TimeSpan.FromMinutes(15));
        contact.Pin.ShouldBe(new SlaPin("default", 1, "always", 1));
    }

    [Fact]
    public void G25_due_while_nobody_was_running_it_is_breached_at_its_due_time()
    {
        var play = new Play("2026-03-02 09:00").Tick("2026-03-05 08:00");

        var breach = play
            .Last.OfType<ClockChange.Breached>()
            .Single(change => change.Clock.Name is ClockName.FirstContact);
        (breach.BreachedAt, breach.Cause).ShouldBe((T("2026-03-02 10:00"), BreachCause.Elapsed));
    }

    [Fact]
    public void G27_a_contact_that_becomes_known_late_counts_from_its_own_time_and_corrects_in_the_open()
    {
        var play = new Play("2026-03-02 09:00").Tick("2026-03-02 10:00");
        play.Read(ClockName.FirstContact, "2026-03-02 10:00").State.ShouldBe(ClockState.Breached);

        play.Do(new ClockMove.ContactReached(), "2026-03-02 09:55");

        var met = play.Last.OfType<ClockChange.Met>().Single();
        (met.MetAt, met.IsCorrection, met.Reading.BreachedAt).ShouldBe((T("2026-03-02 09:55"), true, null));
        var contact = play.Read(ClockName.FirstContact, "2026-03-02 10:05");
        contact.State.ShouldBe(ClockState.Met);
        contact.Marks.ShouldBe([ClockMark.Corrected]);
    }

    [Fact]
    public void G28_upgraded_at_minute_twenty_to_a_target_of_fifteen_it_is_breached_at_the_change()
    {
        var play = new Play("2026-03-02 09:00");
        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-02 09:20");

        var contact = play.Read(ClockName.FirstContact, "2026-03-02 09:20");
        contact.State.ShouldBe(ClockState.Breached);
        contact.BreachCause.ShouldBe(BreachCause.Retarget);
        contact.BreachedAt.ShouldBe(T("2026-03-02 09:20"));
        contact.DueAt.ShouldBe(T("2026-03-02 09:15"));
        play.Last.OfType<ClockChange.Retargeted>()
            .Single(change => change.Clock.Name is ClockName.FirstContact)
            .PreviousTarget.ShouldBe(TimeSpan.FromHours(1));
        play.Last.OfType<ClockChange.Breached>().ShouldHaveSingleItem();
    }

    [Fact]
    public void G30_a_hundred_and_twenty_hours_over_new_year_and_a_leap_day()
    {
        var newYear = Office(
            holidays: [new(new(2028, 1, 1), "New Year", null), new(new(2027, 12, 31), "New Year's Eve", "12:00-24:00")]
        );
        // Mon 27 Dec 2027 to Thu: 32 h, Fri 31 until noon: 3 h, from Mon 3 Jan on 8 h a day: 85 h left are ten days and 5 h.
        new Play("2027-12-27 09:00", Only("resolution", "PT120H", newYear))
            .Read(ClockName.Resolution, "2027-12-27 09:00")
            .DueAt.ShouldBe(T("2028-01-17 14:00"));
        new Play("2028-02-28 09:00", Only("resolution", "P2D", WorkCalendar.AlwaysOpen))
            .Read(ClockName.Resolution, "2028-02-28 09:00")
            .DueAt.ShouldBe(T("2028-03-01 09:00"));
    }
}
