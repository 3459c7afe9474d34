using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>Open clocks are put onto the present versions only where somebody says so, and then as any change: the start stays, nothing is judged twice.</summary>
public sealed class RebaseTests
{
    private static SlaTerms Second(string? firstContact, params string[] pauseOn) =>
        On(
            WorkCalendar.AlwaysOpen,
            spec =>
                spec with
                {
                    Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>(spec.Targets!)
                    {
                        ["first_contact"] = new(firstContact, firstContact, firstContact),
                    },
                    PauseOn = new Dictionary<string, IReadOnlyList<string>?> { ["first_contact"] = pauseOn },
                },
            version: 2
        );

    private static Rebase Onto(
        Play play,
        SlaTerms present,
        string at,
        string? policy = null,
        string? calendar = null
    ) => Rebase.Of(play.Book, new([present], policy, calendar), play.Facts, "root", T(at));

    [Fact]
    public void The_start_stays_and_what_remains_is_counted_by_the_new_version()
    {
        var play = new Play("2026-03-02 09:00");
        var rebase = Onto(play, Second("PT2H"), "2026-03-02 09:30");

        var contact = rebase.Clocks.Single(one => one.Clock.Name is ClockName.FirstContact);
        contact.Outcome.ShouldBe(RebaseOutcome.Retargeted);
        (contact.Before.DueAt, contact.After.DueAt).ShouldBe((T("2026-03-02 10:00"), T("2026-03-02 11:00")));
        contact.After.Consumed.ShouldBe(TimeSpan.FromMinutes(30));
        contact.Clock.Pin.PolicyVersion.ShouldBe(2);
        contact.Clock.Entries[^1].Because.ShouldBe("retargeted: PT1H to PT2H by root");
        // Its target is the same, its version is not: that is a change too, and told.
        rebase.Clocks.Count.ShouldBe(2);
        rebase.Changes.Count(change => change is ClockChange.Retargeted).ShouldBe(2);
    }

    [Fact]
    public void Over_the_new_target_it_is_breached_at_the_moment_of_the_change()
    {
        var play = new Play("2026-03-02 09:00");
        var rebase = Onto(play, Second("PT15M"), "2026-03-02 09:30");
        var contact = rebase.Clocks.Single(one => one.Clock.Name is ClockName.FirstContact);
        contact.Outcome.ShouldBe(RebaseOutcome.Breached);
        (contact.After.BreachedAt, contact.After.BreachCause).ShouldBe((T("2026-03-02 09:30"), BreachCause.Retarget));
        rebase.Changes.OfType<ClockChange.Breached>().Single().BreachedAt.ShouldBe(T("2026-03-02 09:30"));
    }

    [Fact]
    public void What_the_new_version_does_not_promise_is_cancelled()
    {
        var play = new Play("2026-03-02 09:00");
        var contact = Onto(play, Second(null), "2026-03-02 09:30")
            .Clocks.Single(one => one.Clock.Name is ClockName.FirstContact);
        contact.Outcome.ShouldBe(RebaseOutcome.Cancelled);
        contact.Clock.Trace.End!.Word.ShouldBe("no_target");
    }

    [Fact]
    public void A_breached_clock_stays_as_it_was_also_where_the_timer_has_not_seen_it_yet()
    {
        var play = new Play("2026-03-02 09:00").Tick("2026-03-02 10:30");
        Onto(play, Second("PT5H"), "2026-03-02 11:00")
            .Clocks.ShouldHaveSingleItem()
            .Clock.Name.ShouldBe(ClockName.Resolution);
        play.Clock(ClockName.FirstContact).Pin.PolicyVersion.ShouldBe(1);

        var unseen = new Play("2026-03-02 09:00");
        var rebase = Onto(unseen, Second("PT5H"), "2026-03-02 11:00");
        rebase.Clocks.ShouldHaveSingleItem().Clock.Name.ShouldBe(ClockName.Resolution);
        rebase.Changes.OfType<ClockChange.Breached>().Single().BreachedAt.ShouldBe(T("2026-03-02 10:00"));
    }

    [Fact]
    public void Ended_clocks_and_those_of_forms_are_let_be()
    {
        var form = Guid.CreateVersion7();
        var play = new Play("2026-03-02 09:00")
            .Do(new ClockMove.ContactReached(), "2026-03-02 09:10")
            .Do(new ClockMove.CollaborationAsked(form, T("2026-03-02 15:00")), "2026-03-02 09:20");
        Onto(play, Second("PT5M"), "2026-03-02 09:30")
            .Clocks.Select(one => one.Clock.Name)
            .ShouldBe([ClockName.Resolution, ClockName.ProgressUpdate], ignoreOrder: true);
    }

    [Fact]
    public void Pauses_stay_and_from_the_change_on_the_new_version_says_what_pauses()
    {
        var play = new Play("2026-03-02 09:00").Do(
            new ClockMove.Paused(PauseReason.WaitingCustomer),
            "2026-03-02 09:10"
        );
        Onto(play, Second("PT1H", "waiting_customer"), "2026-03-02 09:30");
        play.Do(new ClockMove.Resumed(), "2026-03-02 11:30");
        // Half an hour had run, though the ticket waited: the first version did not stop for that.
        play.Read(ClockName.FirstContact, "2026-03-02 11:30").DueAt.ShouldBe(T("2026-03-02 12:00"));
    }

    [Fact]
    public void Run_again_it_finds_nothing()
    {
        var play = new Play("2026-03-02 09:00");
        Onto(play, Second("PT2H"), "2026-03-02 09:30");
        var again = Onto(play, Second("PT2H"), "2026-03-02 09:40");
        (again.Clocks.Count, again.Changes.Count).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(1, 1, null, null, true)]
    [InlineData(1, 1, "default", "always", true)]
    [InlineData(1, 1, "other", null, false)]
    [InlineData(1, 1, null, "office", false)]
    [InlineData(2, 1, null, null, false)]
    [InlineData(3, 1, null, null, false)]
    [InlineData(2, 0, null, null, true)]
    public void Only_older_versions_of_what_is_meant(int policy, int calendar, string? only, string? on, bool meant)
    {
        var scope = new RebaseScope([Second("PT1H")], only, on);
        (scope.Onto(new("default", policy, "always", calendar), ClockName.FirstContact) is not null).ShouldBe(meant);
    }
}
