using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>What a change of urgency, category, complexity or policy does to clocks that run, ran, or should have run.</summary>
public sealed class ChangedFactsTests
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

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void There_and_back_and_there_again_a_breach_is_one_breach(int minutesBetween)
    {
        var play = new Play("2026-03-02 04:00", openedAt: Opened);
        for (var turn = 0; turn < 3; turn++)
        {
            var at = T(Opened).AddMinutes(2 * turn * minutesBetween);
            play.Change(Complaint, at);
            play.Change(
                facts => facts with { Category = Category.GeneralInquiry, ComplaintLevel = null },
                at.AddMinutes(minutesBetween)
            );
        }

        var response = play.Book.Clocks.Single(clock => clock.Name is ClockName.ComplaintResponse);
        var reading = ClockReading.Of(response, T("2026-03-02 12:00"));
        (reading.State, reading.BreachedAt, reading.BreachCause).ShouldBe(
            (ClockState.Breached, T(Opened), BreachCause.Retarget)
        );
        reading.DueAt.ShouldBe(T("2026-03-02 08:00"));
        play.All.OfType<ClockChange.Breached>().Count(change => change.Clock == response).ShouldBe(1);
        play.All.OfType<ClockChange.StepFired>()
            .Count(change => change.Clock.Name is ClockName.ComplaintResponse && change.To is EscalationTarget.Assignee)
            .ShouldBe(1);
    }

    [Fact]
    public void There_and_back_before_its_time_is_up_it_is_owed_since_receipt_and_counts_once()
    {
        var play = new Play(Opened, with: Complaint);
        for (var turn = 0; turn < 3; turn++)
        {
            var at = T(Opened).AddMinutes(10 + 20 * turn);
            play.Change(facts => facts with { Category = Category.GeneralInquiry, ComplaintLevel = null }, at);
            play.Change(Complaint, at.AddMinutes(10));
        }
        play.Tick("2026-03-02 14:00");

        var responses = play.Book.Clocks.Where(clock => clock.Name is ClockName.ComplaintResponse).ToList();
        var count = responses.Aggregate(
            Attainment.None,
            (sum, clock) => sum.With(clock.Trace.State(T("2026-03-02 14:00")))
        );
        count.ShouldBe(new Attainment(4, 0, 1, 0, 3));
        var last = play.Read(ClockName.ComplaintResponse, "2026-03-02 14:00");
        (last.StartedAt, last.DueAt, last.BreachedAt).ShouldBe(
            (T(Opened), T("2026-03-02 13:00"), T("2026-03-02 13:00"))
        );
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

    [Theory]
    [InlineData(false, "running")]
    [InlineData(true, "met")]
    public void Feedback_that_becomes_urgent_is_owed_the_answer_that_urgent_feedback_is(bool answered, string state)
    {
        var terms = On(
            WorkCalendar.AlwaysOpen,
            spec =>
                spec with
                {
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
                    {
                        ["feedback_follow_up"] = new(Urgent: "PT24H"),
                    },
                }
        );
        var play = new Play(Opened, terms, with: facts => facts with { Type = RequestType.Suggestion });
        play.Has(ClockName.FeedbackFollowUp).ShouldBeFalse();
        if (answered)
            play.Do(new ClockMove.AnswerGiven(), "2026-03-02 10:00");
        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-02 11:00");

        var owed = play.Read(ClockName.FeedbackFollowUp, "2026-03-02 11:00");
        (Word.Of(owed.State), owed.StartedAt, owed.DueAt).ShouldBe((state, T(Opened), T("2026-03-03 09:00")));
        owed.MetAt.ShouldBe(answered ? T("2026-03-02 10:00") : null);
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
    public void A_complaint_recognised_after_its_resolution_is_judged_by_it()
    {
        var play = new Play(Opened).Do(new ClockMove.Resolved(), "2026-03-02 11:00");
        play.Change(Complaint, "2026-03-04 09:00");
        var response = play.Read(ClockName.ComplaintResponse, "2026-03-04 09:00");
        (response.State, response.MetAt).ShouldBe((ClockState.Met, T("2026-03-02 11:00")));
        response.Marks.ShouldBe([ClockMark.LateClassification, ClockMark.ByResolution]);
    }

    [Fact]
    public void What_will_not_happen_for_a_reason_is_not_owed_again_by_a_change()
    {
        var play = new Play(Opened, with: Complaint).Do(new ClockMove.Resolved(), "2026-03-02 11:00");
        play.Do(new ClockMove.Dropped(ClockName.ComplaintFollowUp, "do_not_contact", 1), "2026-03-02 11:10");
        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-02 12:00");
        play.Change(facts => facts with { Category = Category.GeneralInquiry }, "2026-03-02 12:10");
        play.Change(Complaint, "2026-03-02 12:20");

        play.Book.Clocks.Count(clock => clock.Name is ClockName.ComplaintFollowUp).ShouldBe(1);
        play.Read(ClockName.ComplaintFollowUp, "2026-03-09 12:00").State.ShouldBe(ClockState.Cancelled);
    }

    [Fact]
    public void Time_that_was_counted_stays_counted_when_another_calendar_takes_over()
    {
        // Four hours around the clock since 06:00, then the office's: four of eight are left, until 14:00.
        var play = new Play("2026-03-02 06:00", Only("resolution", "PT8H", WorkCalendar.AlwaysOpen));
        play.Terms = Renamed(Only("resolution", "PT8H", Office()));
        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-02 10:00");

        var reading = play.Read(ClockName.Resolution, "2026-03-02 12:00");
        (reading.Consumed, reading.DueAt).ShouldBe((TimeSpan.FromHours(6), T("2026-03-02 14:00")));
        var segments = play.Clock(ClockName.Resolution).Trace.Explain(T("2026-03-02 18:00"));
        segments.Sum(segment => segment.Counted.TotalHours).ShouldBe(11);
        segments[^1].Kind.ShouldBe(SegmentKind.ClosedHours);
    }

    [Fact]
    public void What_the_old_calendar_counted_can_be_more_than_the_new_target()
    {
        var play = new Play("2026-03-07 06:00", Only("resolution", "PT72H", WorkCalendar.AlwaysOpen)); // a Saturday
        play.Terms = Renamed(Only("resolution", "PT4H", Office()));
        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-03-07 12:00");

        var reading = play.Read(ClockName.Resolution, "2026-03-07 12:00");
        (reading.State, reading.BreachedAt, reading.BreachCause).ShouldBe(
            (ClockState.Breached, T("2026-03-07 12:00"), BreachCause.Retarget)
        );
    }

    /// <summary>The terms of another policy: those of the same one are pinned.</summary>
    private static SlaTerms Renamed(SlaTerms terms)
    {
        var policy = SlaPolicy.TryCreate(terms.Policy.Policy.Spec with { Id = "other" }, out var problems);
        problems.ShouldBeEmpty();
        return new(new(policy!, 1), terms.Calendar);
    }
}
