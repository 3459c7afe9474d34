using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>What starts, meets and ends which clock.</summary>
public sealed class ClockTableTests
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
    public void Each_starts_where_the_table_says()
    {
        var emergency = new Play(Opened, with: facts => facts with { Category = Category.EmergencySupport });
        Running(emergency, Opened).ShouldContain(ClockName.EmergencyMobilisation);
        emergency.Do(new ClockMove.Fulfilled(ClockName.EmergencyMobilisation), "2026-03-02 09:40");
        emergency.Read(ClockName.EmergencyMobilisation, "2026-03-02 12:00").State.ShouldBe(ClockState.Met);

        var complaint = new Play(Opened, with: Complaint);
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
        new Play(Opened)
            .Do(new ClockMove.Resolved(), "2026-03-02 09:30")
            .Do(new ClockMove.Confirmed(SurveyDue: false), "2026-03-05 09:30")
            .Has(ClockName.SurveyDispatch)
            .ShouldBeFalse();

    [Fact]
    public void A_follow_up_attempt_without_contact_is_met_and_marked() =>
        new Play(Opened, with: Complaint)
            .Do(new ClockMove.Resolved(), "2026-03-02 09:30")
            .Do(new ClockMove.Fulfilled(ClockName.ComplaintFollowUp, ClockMark.ByAttempt), "2026-03-02 15:00")
            .Read(ClockName.ComplaintFollowUp, "2026-03-02 15:00")
            .Marks.ShouldBe([ClockMark.ByAttempt]);

    [Theory]
    [InlineData("survey", "inquiry")]
    [InlineData("app", "suggestion")]
    public void Feedback_owes_an_answer_within_three_days(string channel, string type)
    {
        var play = new Play(
            Opened,
            with: facts =>
                facts with
                {
                    Channel = Enum.Parse<Channel>(channel, true),
                    Type = Enum.Parse<RequestType>(type, true),
                }
        );
        play.Read(ClockName.FeedbackFollowUp, Opened).DueAt.ShouldBe(T("2026-03-05 09:00"));
        play.Do(new ClockMove.ContactReached(), "2026-03-02 09:10").Do(new ClockMove.HumanUpdate(), "2026-03-02 09:20");
        play.Read(ClockName.FeedbackFollowUp, "2026-03-02 09:20").State.ShouldBe(ClockState.Running);

        play.Do(new ClockMove.AnswerGiven(), "2026-03-02 09:40");
        play.Read(ClockName.FeedbackFollowUp, "2026-03-02 09:40").MetAt.ShouldBe(T("2026-03-02 09:40"));
        // An answer is an update too: the next one is owed from here on.
        play.Read(ClockName.ProgressUpdate, "2026-03-02 09:40").DueAt.ShouldBe(T("2026-03-02 11:40"));
    }

    [Fact]
    public void Feedback_is_answered_by_an_opinion_and_by_a_plan_too_and_by_the_resolution_at_the_latest()
    {
        Suggested().Do(new ClockMove.HandlingOpinion(), "2026-03-02 10:00").ShouldSatisfyAllConditions(Met);
        Suggested().Do(new ClockMove.PlanGiven(), "2026-03-02 10:00").ShouldSatisfyAllConditions(Met);
        Suggested()
            .Do(new ClockMove.Resolved(), "2026-03-02 10:00")
            .Read(ClockName.FeedbackFollowUp, "2026-03-02 10:00")
            .Marks.ShouldBe([ClockMark.ByResolution]);

        static Play Suggested() => new(Opened, with: facts => facts with { Type = RequestType.Suggestion });
        static void Met(Play play) =>
            play.Read(ClockName.FeedbackFollowUp, "2026-03-02 10:00").State.ShouldBe(ClockState.Met);
    }

    [Fact]
    public void What_is_no_feedback_owes_no_answer_to_it()
    {
        new Play(Opened).Has(ClockName.FeedbackFollowUp).ShouldBeFalse();
        // An answered one does not owe it again when it is reopened.
        new Play(Opened, with: facts => facts with { Channel = Channel.Survey })
            .Do(new ClockMove.Resolved(), "2026-03-02 10:00")
            .Do(new ClockMove.Reopened(), "2026-03-02 11:00")
            .Book.Clocks.Count(clock => clock.Name is ClockName.FeedbackFollowUp)
            .ShouldBe(1);
    }

    [Fact]
    public void A_plan_is_owed_from_the_first_contact_on_also_where_that_comes_after_a_reopening()
    {
        var play = new Play(Opened).Change(facts => facts with { Complex = true }, "2026-03-02 09:10");
        play.Do(new ClockMove.Resolved(), "2026-03-02 09:30").Do(new ClockMove.Reopened(), "2026-03-02 10:00");
        play.Do(new ClockMove.ContactReached(), "2026-03-02 11:00");
        play.Read(ClockName.SolutionPlan, "2026-03-02 11:00", episode: 2).DueAt.ShouldBe(T("2026-03-02 13:00"));

        // Once in a ticket's life: what was met by the first resolution is not owed again.
        var again = new Play(Opened, with: facts => facts with { Complex = true });
        again.Do(new ClockMove.Resolved(), "2026-03-02 09:30").Do(new ClockMove.Reopened(), "2026-03-02 10:00");
        again.Do(new ClockMove.ContactReached(), "2026-03-02 11:00");
        again.Has(ClockName.SolutionPlan, episode: 2).ShouldBeFalse();
    }

    [Fact]
    public void A_suppressed_invitation_cancels_its_clock_with_the_reason()
    {
        var play = new Play(Opened);
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
    public void Without_a_policy_no_clock_starts()
    {
        var play = new Play(Opened);
        play.Terms = null;
        play.Do(new ClockMove.ContactReached(), "2026-03-02 09:30");
        play.Has(ClockName.ProgressUpdate).ShouldBeFalse();
        play.Read(ClockName.FirstContact, "2026-03-02 09:30").State.ShouldBe(ClockState.Met);
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
