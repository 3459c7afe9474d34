using System.Globalization;
using System.Text.Json;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>Feedback is answered within three working days, which a calendar of its own counts: whole days, so that the time of day stays.</summary>
public sealed class WorkingDaysTests
{
    private static readonly CalendarSpec WorkingDays = JsonSerializer.Deserialize<CalendarSpec>(
        SlaDocuments.Seed("working-days-calendar"),
        JsonSerializerOptions.Web
    )!;

    /// <summary>The delivered policy on the delivered calendars; the one of working days with a list of dates.</summary>
    private static SlaTerms Delivered(
        IReadOnlyList<CalendarHoliday>? holidays = null,
        IReadOnlyList<CalendarWorkday>? workdays = null,
        int version = 1
    )
    {
        var spec = WorkingDays with { Holidays = holidays ?? [], Workdays = workdays ?? [] };
        var calendar = WorkCalendar.TryCreate(spec, out var problems);
        problems.ShouldBeEmpty();
        return Standard with { Beside = id => id == spec.Id ? new(calendar!, version) : null };
    }

    private static SlaFacts Suggestion(SlaFacts facts) => facts with { Type = RequestType.Suggestion };

    private static DateTimeOffset? Due(string receivedAt, SlaTerms terms) =>
        new Play(receivedAt, terms, with: Suggestion).Read(ClockName.FeedbackFollowUp, receivedAt).DueAt;

    private static CalendarHoliday Off(string date) =>
        new(DateOnly.Parse(date, CultureInfo.InvariantCulture), "国庆节", null);

    [Theory]
    [InlineData("2026-11-20 17:00+08:00", "2026-11-25 17:00+08:00")]
    [InlineData("2026-11-23 00:00+08:00", "2026-11-26 00:00+08:00")]
    [InlineData("2026-11-21 10:00+08:00", "2026-11-26 00:00+08:00")]
    [InlineData("2026-11-23 23:30+08:00", "2026-11-26 23:30+08:00")]
    public void A_suggestion_is_answered_within_three_working_days(string receivedAt, string due) =>
        Due(receivedAt, Delivered()).ShouldBe(T(due));

    [Fact]
    public void Holidays_do_not_count_and_make_up_days_do()
    {
        // Wednesday before the holidays: the rest of it, then Thursday and Friday of the week after, and the make-up Saturday.
        CalendarHoliday[] week = [.. Enumerable.Range(1, 7).Select(day => Off($"2026-10-0{day}"))];
        CalendarWorkday[] saturday = [new(new(2026, 10, 10), "国庆节（班）", ["00:00-24:00"])];
        Due("2026-09-30 17:00+08:00", Delivered(week)).ShouldBe(T("2026-10-12 17:00+08:00"));
        Due("2026-09-30 17:00+08:00", Delivered(week, saturday)).ShouldBe(T("2026-10-10 17:00+08:00"));
    }

    [Fact]
    public void Only_this_clock_is_counted_so_and_it_pins_the_calendar_that_counts_it()
    {
        var play = new Play("2026-11-20 17:00+08:00", Delivered(), with: Suggestion);
        play.Clock(ClockName.FeedbackFollowUp).Pin.ShouldBe(new("default", 1, "working-days", 1));
        play.Clock(ClockName.Resolution).Pin.ShouldBe(new("default", 1, "always", 1));
        play.Read(ClockName.Resolution, "2026-11-20 17:00+08:00").DueAt.ShouldBe(T("2026-11-23 17:00+08:00"));
    }

    [Fact]
    public void A_new_list_of_holidays_moves_it_only_by_a_rebase()
    {
        var play = new Play("2026-11-20 17:00+08:00", Delivered(), with: Suggestion);
        play.Terms = Delivered([Off("2026-11-24")], version: 2);
        play.Change(facts => facts with { Urgency = Urgency.Urgent }, "2026-11-20 17:10+08:00");
        play.Read(ClockName.FeedbackFollowUp, "2026-11-20 17:10+08:00").DueAt.ShouldBe(T("2026-11-25 17:00+08:00"));

        var rebase = Rebase.Of(play.Book, new([play.Terms]), play.Facts, "root", T("2026-11-20 17:20+08:00"));
        rebase.Clocks.ShouldHaveSingleItem().Clock.Name.ShouldBe(ClockName.FeedbackFollowUp);
        play.Read(ClockName.FeedbackFollowUp, "2026-11-20 17:20+08:00").DueAt.ShouldBe(T("2026-11-26 17:00+08:00"));
    }

    [Fact]
    public void What_is_promised_at_receipt_is_counted_by_the_calendar_of_the_policy()
    {
        var spec = Standard.Policy.Policy.Spec;
        var odd = spec with
        {
            Targets = new Dictionary<string, SlaPolicySpec.TargetSpec?>
            {
                ["first_contact"] = new("PT1H", Calendar: "working-days"),
                ["resolution"] = new("PT1H", Calendar: "working days"),
                ["progress_update"] = new(Simple: "PT1H", Calendar: "working-days"),
            },
        };
        SlaPolicy.TryCreate(odd, out var problems).ShouldBeNull();
        problems
            .Select(problem => (problem.Pointer, problem.Code))
            .ShouldBe(
                [
                    ("/targets/first_contact/calendar", "unknown_member"),
                    ("/targets/resolution/calendar", "malformed_name"),
                    ("/targets/progress_update/calendar", "unknown_member"),
                ],
                ignoreOrder: true
            );
    }
}
