using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>What starts, meets, pauses and ends which clock.</summary>
public sealed class ClockTableTests
{
    private static readonly string Opened = "2026-03-02 09:00";

    private static ClockName[] Running(Play play, string at) =>
        [
            .. play
                .Book.Clocks.Where(clock => ClockReading.Of(clock, T(at)).State is ClockState.Running)
                .Select(clock => clock.Name)
                .Order(),
        ];

    [Fact]
    public void A_plain_inquiry_has_a_first_contact_and_a_resolution() =>
        Running(new(Opened), Opened).ShouldBe([ClockName.FirstContact, ClockName.Resolution]);

    [Fact]
    public void Complaint_clocks_follow_the_category_not_the_type()
    {
        Running(new(Opened, with: facts => facts with { Type = RequestType.Complaint }), Opened)
            .ShouldNotContain(ClockName.ComplaintResponse);
        Running(new(Opened, with: facts => facts with { Category = Category.Complaint }), Opened)
            .ShouldContain(ClockName.ComplaintResponse);
    }

    [Fact]
    public void A_clock_that_nothing_can_meet_yet_is_not_started()
    {
        var play = new Play(Opened, with: facts => Complaint(facts) with { Category = Category.EmergencySupport });
        play.Do(new ClockMove.Resolved(), "2026-03-02 09:30")
            .Do(new ClockMove.Confirmed(SurveyDue: true), "2026-03-02 09:40");

        play.Book.Clocks.Select(clock => clock.Name).ShouldBeSubsetOf(ClockRules.InPlay);
    }

    [Fact]
    public void With_all_clocks_in_play_each_starts_where_the_table_says()
    {
        var emergency = new Play(
            Opened,
            with: facts => facts with { Category = Category.EmergencySupport },
            inPlay: Everything
        );
        Running(emergency, Opened).ShouldContain(ClockName.EmergencyMobilisation);
        emergency.Do(new ClockMove.Fulfilled(ClockName.EmergencyMobilisation), "2026-03-02 09:40");
        emergency.Read(ClockName.EmergencyMobilisation, "2026-03-02 12:00").State.ShouldBe(ClockState.Met);

        var complaint = new Play(Opened, with: Complaint, inPlay: Everything);
        complaint.Do(new ClockMove.Resolved(), "2026-03-02 09:30");
        complaint.Read(ClockName.ComplaintFollowUp, "2026-03-02 09:30").DueAt.ShouldBe(T("2026-03-03 09:30"));
        complaint.Do(new ClockMove.Confirmed(SurveyDue: true), "2026-03-02 10:00");
        complaint.Read(ClockName.SurveyDispatch, "2026-03-02 10:00").DueAt.ShouldBe(T("2026-03-02 12:00"));

        complaint.Do(new ClockMove.Reopened(), "2026-03-02 10:30");
        complaint.Read(ClockName.SurveyDispatch, "2026-03-02 10:30").State.ShouldBe(ClockState.Cancelled);
        complaint.Read(ClockName.ComplaintFollowUp, "2026-03-02 10:30").State.ShouldBe(ClockState.Cancelled);
        complaint
            .Last.OfType<ClockChange.Cancelled>()
            .Select(change => change.Reason)
            .Distinct()
            .ShouldBe(["reopened"]);
    }

    [Fact]
    public void Silence_without_a_human_contact_owes_no_survey() =>
        new Play(Opened, inPlay: Everything)
            .Do(new ClockMove.Resolved(), "2026-03-02 09:30")
            .Do(new ClockMove.Confirmed(SurveyDue: false), "2026-03-05 09:30")
            .Has(ClockName.SurveyDispatch)
            .ShouldBeFalse();

    [Fact]
    public void A_follow_up_attempt_without_contact_is_met_and_marked() =>
        new Play(Opened, with: Complaint, inPlay: Everything)
            .Do(new ClockMove.Resolved(), "2026-03-02 09:30")
            .Do(new ClockMove.Fulfilled(ClockName.ComplaintFollowUp, ClockMark.ByAttempt), "2026-03-02 15:00")
            .Read(ClockName.ComplaintFollowUp, "2026-03-02 15:00")
            .Marks.ShouldBe([ClockMark.ByAttempt]);

    [Fact]
    public void A_suppressed_invitation_cancels_its_clock_with_the_reason()
    {
        var play = new Play(Opened, inPlay: Everything);
        play.Do(new ClockMove.Resolved(), "2026-03-02 09:30")
            .Do(new ClockMove.Confirmed(SurveyDue: true), "2026-03-02 09:40");
        play.Do(new ClockMove.Dropped(ClockName.SurveyDispatch, "do_not_contact"), "2026-03-02 09:41");
        play.Last.OfType<ClockChange.Cancelled>().ShouldHaveSingleItem().Reason.ShouldBe("do_not_contact");
    }

    [Fact]
    public void A_complex_ticket_owes_a_plan_from_receipt()
    {
        var play = new Play(Opened, with: facts => facts with { Complex = true });
        play.Read(ClockName.SolutionPlan, Opened).DueAt.ShouldBe(T("2026-03-02 11:00"));
        play.Do(new ClockMove.PlanGiven(), "2026-03-02 09:30");
        play.Read(ClockName.SolutionPlan, "2026-03-02 12:00").State.ShouldBe(ClockState.Met);
        play.Do(new ClockMove.ContactReached(), "2026-03-02 09:40");
        play.Book.Clocks.Count(clock => clock.Name is ClockName.SolutionPlan).ShouldBe(1);
    }

    [Fact]
    public void Marked_complex_before_the_first_contact_the_plan_is_owed_from_the_contact_on()
    {
        var play = new Play(Opened).Change(facts => facts with { Complex = true }, "2026-03-02 09:10");
        play.Has(ClockName.SolutionPlan).ShouldBeFalse();
        play.Do(new ClockMove.ContactReached(), "2026-03-02 09:30");
        play.Read(ClockName.SolutionPlan, "2026-03-02 09:30").DueAt.ShouldBe(T("2026-03-02 11:30"));
        play.Read(ClockName.SolutionPlan, "2026-03-02 09:30").Marks.ShouldBeEmpty();
    }

    [Fact]
    public void Marked_complex_after_the_first_contact_the_plan_is_owed_since_then_and_flagged()
    {
        var play = new Play(Opened).Do(new ClockMove.ContactReached(), "2026-03-02 09:30");
        play.Change(facts => facts with { Complex = true }, "2026-03-02 10:00");

        var plan = play.Read(ClockName.SolutionPlan, "2026-03-02 10:00");
        (plan.StartedAt, plan.DueAt).ShouldBe((T("2026-03-02 09:30"), T("2026-03-02 11:30")));
        plan.Marks.ShouldBe([ClockMark.LateClassification]);
        play.Read(ClockName.ProgressUpdate, "2026-03-02 10:00").Target.ShouldBe(TimeSpan.FromHours(24));
    }

    [Fact]
    public void A_plan_given_before_the_ticket_was_marked_complex_counts()
    {
        var play = new Play(Opened).Do(new ClockMove.ContactReached(), "2026-03-02 09:30");
        play.Do(new ClockMove.PlanGiven(), "2026-03-02 09:45");
        play.Change(facts => facts with { Complex = true }, "2026-03-02 16:00");

        var plan = play.Read(ClockName.SolutionPlan, "2026-03-02 16:00");
        (plan.State, plan.MetAt).ShouldBe((ClockState.Met, T("2026-03-02 09:45")));
    }

    [Fact]
    public void No_longer_a_complaint_the_response_is_not_owed_any_more()
    {
        var play = new Play(Opened, with: Complaint);
        play.Change(
            facts => facts with { Category = Category.GeneralInquiry, ComplaintLevel = null },
            "2026-03-02 09:30"
        );

        play.Read(ClockName.ComplaintResponse, "2026-03-02 09:30").State.ShouldBe(ClockState.Cancelled);
        play.Last.OfType<ClockChange.Cancelled>().ShouldHaveSingleItem().Reason.ShouldBe("not_applicable");

        play.Change(Complaint, "2026-03-02 10:00");
        var again = play.Read(ClockName.ComplaintResponse, "2026-03-02 10:00");
        (again.State, again.StartedAt).ShouldBe((ClockState.Running, T(Opened)));
        again.Marks.ShouldBe([ClockMark.LateClassification]);
    }

    [Fact]
    public void A_target_that_the_new_urgency_lacks_cancels_and_one_that_it_brings_starts_since_receipt()
    {
        var terms = On(
            WorkCalendar.AlwaysOpen,
            spec =>
                spec with
                {
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        ["first_contact"] = new(Normal: "PT1H"),
                        ["resolution"] = new(Urgent: "PT8H"),
                    },
                }
        );
        var play = new Play(Opened, terms);
        Running(play, Opened).ShouldBe([ClockName.FirstContact]);
        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-02 09:30");

        play.Last.OfType<ClockChange.Cancelled>().ShouldHaveSingleItem().Reason.ShouldBe("no_target");
        play.Read(ClockName.Resolution, "2026-03-02 09:30").DueAt.ShouldBe(T("2026-03-02 17:00"));
    }

    [Fact]
    public void Without_a_policy_no_clock_starts()
    {
        var play = new Play(Opened);
        play.Terms = null;
        play.Do(new ClockMove.ContactReached(), "2026-03-02 09:30");
        play.Has(ClockName.ProgressUpdate).ShouldBeFalse();
        play.Read(ClockName.FirstContact, "2026-03-02 09:30").State.ShouldBe(ClockState.Met);
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
    public void Merging_cancels_what_runs_and_judges_nothing()
    {
        var play = new Play(Opened).Do(new ClockMove.Cancelled("merged"), "2026-03-02 09:30");
        play.Book.Clocks.ShouldAllBe(clock =>
            ClockReading.Of(clock, T("2026-04-02 09:30")).State == ClockState.Cancelled
        );
        play.Tick("2026-04-02 09:30").Last.ShouldBeEmpty();
    }

    [Fact]
    public void A_breached_clock_stays_breached_when_it_is_met_late_retargeted_or_its_ticket_is_cancelled()
    {
        var play = new Play(Opened).Tick("2026-03-02 10:30");
        play.Terms = On(
            WorkCalendar.AlwaysOpen,
            spec =>
                spec with
                {
                    Id = "generous",
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        ["first_contact"] = new("PT10H", "PT10H", "PT10H"),
                    },
                }
        );
        play.Change(facts => facts with { Urgency = Urgency.Critical }, "2026-03-02 10:40");
        play.Last.ShouldNotContain(change => change.Clock.Name == ClockName.FirstContact);
        play.Do(new ClockMove.ContactReached(), "2026-03-02 11:00");

        var contact = play.Read(ClockName.FirstContact, "2026-03-02 11:00");
        (contact.State, contact.MetAt, contact.BreachedAt).ShouldBe(
            (ClockState.Breached, T("2026-03-02 11:00"), T("2026-03-02 10:00"))
        );

        var cancelled = new Play(Opened)
            .Tick("2026-03-02 10:30")
            .Do(new ClockMove.Cancelled("spam"), "2026-03-02 11:00");
        cancelled.Read(ClockName.FirstContact, "2026-03-02 12:00").State.ShouldBe(ClockState.Breached);
        cancelled.Tick("2026-03-09 10:30").Last.ShouldBeEmpty();
    }

    [Fact]
    public void Met_at_the_due_instant_is_in_time()
    {
        new Play(Opened)
            .Do(new ClockMove.ContactReached(), "2026-03-02 10:00")
            .Read(ClockName.FirstContact, "2026-03-02 11:00")
            .State.ShouldBe(ClockState.Met);
        new Play(Opened)
            .Do(new ClockMove.ContactReached(), T("2026-03-02 10:00").AddMicroseconds(1))
            .Read(ClockName.FirstContact, "2026-03-02 11:00")
            .State.ShouldBe(ClockState.Breached);
    }

    [Fact]
    public void A_retarget_to_a_longer_target_moves_the_due_time_and_keeps_the_start()
    {
        var play = new Play(Opened, with: facts => facts with { Urgency = Urgency.Critical });
        play.Change(facts => facts with { Urgency = Urgency.Normal }, "2026-03-02 09:10");
        var contact = play.Read(ClockName.FirstContact, "2026-03-02 09:10");
        (contact.StartedAt, contact.Consumed, contact.DueAt).ShouldBe(
            (T(Opened), TimeSpan.FromMinutes(10), T("2026-03-02 10:00"))
        );
    }

    [Fact]
    public void On_a_policy_with_another_calendar_all_time_is_counted_by_the_new_one()
    {
        // Saturday noon, around the clock; on Monday at ten the business-hours policy takes over: one hour of its eight is spent.
        var play = new Play("2026-03-07 12:00", Only("resolution", "PT72H", WorkCalendar.AlwaysOpen));
        play.Terms = On(
            Office(),
            spec =>
                spec with
                {
                    Id = "office-hours",
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        ["resolution"] = new("PT8H", "PT8H", "PT8H"),
                    },
                }
        );
        play.Change(facts => facts with { Segment = Segment.Vip }, "2026-03-09 10:00");
        var resolution = play.Read(ClockName.Resolution, "2026-03-09 10:00");
        (resolution.State, resolution.Consumed, resolution.DueAt).ShouldBe(
            (ClockState.Running, TimeSpan.FromHours(1), T("2026-03-09 17:00"))
        );
    }

    [Fact]
    public void A_complaint_recognised_after_its_resolution_is_judged_by_it()
    {
        var play = new Play(Opened).Do(new ClockMove.Resolved(), "2026-03-02 11:00");
        play.Change(Complaint, "2026-03-04 09:00");
        var response = play.Read(ClockName.ComplaintResponse, "2026-03-04 09:00");
        (response.State, response.MetAt).ShouldBe((ClockState.Met, T("2026-03-02 11:00")));
        response.Marks.ShouldBe([ClockMark.LateClassification, ClockMark.ByResolution]);
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

    [Fact]
    public void The_owner_of_an_ended_clock_is_who_held_the_ticket()
    {
        var play = new Play(Opened).Do(new ClockMove.ContactReached(), "2026-03-02 09:10");
        play.Clock(ClockName.FirstContact).Owner.ShouldBe("li.wei");
        play.Clock(ClockName.Resolution).Owner.ShouldBeNull();
    }

    [Fact]
    public void A_request_from_the_near_future_starts_when_it_says()
    {
        var play = new Play("2026-03-02 09:03", openedAt: "2026-03-02 09:00");
        play.Do(new ClockMove.ContactReached(), "2026-03-02 09:01");
        var contact = play.Read(ClockName.FirstContact, "2026-03-02 09:10");
        (contact.State, contact.Consumed).ShouldBe((ClockState.Met, TimeSpan.Zero));
    }
}
