using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Platform.Tests.WorkingTime.Calendars;

namespace CustomerFeedback.Platform.Tests.WorkingTime;

public class WorkCalendarTests
{
    private static readonly WorkCalendar Office = Weekdays("UTC", "09:00-17:00").Create();

    [Fact]
    public void G1_what_Friday_afternoon_leaves_over_is_due_on_Monday_morning() =>
        Office.Add(At("2026-11-20 16:30"), Hours(1)).ShouldBe(At("2026-11-23 09:30"));

    [Fact]
    public void G2_three_working_days_from_Saturday_noon_are_due_when_Wednesday_closes() =>
        Office.Add(At("2026-11-21 12:00"), Hours(24)).ShouldBe(At("2026-11-25 17:00"));

    [Fact]
    public void G4_two_hours_around_the_clock_are_two_hours_in_the_night_the_clocks_go_forward() =>
        Daily("America/New_York", "00:00-24:00")
            .Create()
            .Add(At("2026-03-08 01:30 -05:00"), Hours(2))
            .ShouldBe(At("2026-03-08 04:30 -04:00"));

    [Fact]
    public void G6_a_calendar_with_one_working_weekday_reaches_the_right_week() =>
        Week("UTC", ["wed"], "10:00-12:00")
            .Create()
            .Add(At("2026-11-26 08:00"), Hours(7))
            .ShouldBe(At("2026-12-23 11:00"));

    [Fact]
    public void G30_a_leap_day_counts_like_any_day() =>
        Office.Between(At("2028-02-28 00:00"), At("2028-03-02 00:00")).ShouldBe(Hours(24));

    [Fact]
    public void G30_a_holiday_over_the_end_of_the_year_is_passed_over()
    {
        var calendar = Weekdays("Asia/Shanghai", "09:00-17:00")
            .Closed("2026-12-31", "Stocktaking", "12:00-24:00")
            .Closed("2027-01-01", "New Year")
            .Create();

        calendar.Add(At("2026-12-31 10:00 +08:00"), Hours(3)).ShouldBe(At("2027-01-04 10:00 +08:00"));
    }

    [Theory]
    [InlineData(100, "2026-11-23 09:00", "2026-12-09 13:00")]
    [InlineData(8 * 261, "2026-01-01 00:00", "2026-12-31 17:00")]
    [InlineData(8 * (261 + 261 + 260 + 261), "2026-01-01 00:00", "2029-12-31 17:00")]
    public void G30_targets_beyond_99_hours_and_beyond_years_are_exact(int hours, string from, string due) =>
        Office.Add(At(from), Hours(hours)).ShouldBe(At(due));

    [Fact]
    public void Time_used_up_at_closing_is_due_at_closing() =>
        Office.Add(At("2026-11-20 16:00"), Hours(1)).ShouldBe(At("2026-11-20 17:00"));

    [Fact]
    public void No_time_is_due_at_once_even_while_closed() =>
        Office.Add(At("2026-11-21 12:00"), TimeSpan.Zero).ShouldBe(At("2026-11-21 12:00"));

    [Fact]
    public void The_smallest_time_waits_for_the_next_opening() =>
        Office.Add(At("2026-11-21 12:00"), TimeSpan.FromTicks(1)).ShouldBe(At("2026-11-23 09:00").AddTicks(1));

    [Fact]
    public void Answers_are_in_UTC_whatever_offset_was_asked_with()
    {
        var due = Office.Add(At("2026-11-20 17:30 +08:00"), Hours(1));
        (due, due.Offset).ShouldBe((At("2026-11-20 10:30"), TimeSpan.Zero));
        Office.Add(At("2026-11-20 17:30 +08:00"), TimeSpan.Zero).Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void There_is_no_working_time_before_the_start() =>
        Office.Between(At("2026-11-20 12:00"), At("2026-11-20 11:00")).ShouldBe(TimeSpan.Zero);

    [Fact]
    public void An_ordinary_week_has_its_hours()
    {
        Office.Week.ShouldBe(Office.Between(At("2026-11-02 00:00"), At("2026-11-09 00:00")));
        WorkCalendar.AlwaysOpen.Week.ShouldBe(TimeSpan.FromDays(7));
    }

    [Fact]
    public void What_is_not_used_up_in_two_centuries_is_refused_at_once()
    {
        var minute = WorkCalendar.TryCreate(
            new("minute", "UTC", new Dictionary<string, IReadOnlyList<string>> { ["mon"] = ["09:00-09:01"] }, [], []),
            out _
        )!;

        minute.Add(At("2026-11-02 00:00"), Hours(100)).Year.ShouldBe(2141);
        Should.Throw<ArgumentOutOfRangeException>(() => minute.Add(At("2026-11-02 00:00"), Hours(180)));
    }

    [Fact]
    public void Negative_time_and_time_beyond_the_year_9999_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Office.Add(At("2026-11-20 12:00"), Hours(-1)));
        Should.Throw<ArgumentOutOfRangeException>(() => Office.Add(At("2026-11-20 12:00"), TimeSpan.MaxValue));
        Should.Throw<ArgumentOutOfRangeException>(() => Office.Add(At("9999-12-31 12:00"), Hours(6)));
    }

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("America/New_York")]
    public void The_first_and_the_last_day_of_time_have_their_hours(string zone)
    {
        var calendar = Daily(zone, "00:00-24:00").Create();
        var day = TimeSpan.FromDays(1);
        calendar.Between(DateTimeOffset.MinValue, DateTimeOffset.MinValue + day).ShouldBe(day);
        calendar.Between(DateTimeOffset.MaxValue - day, DateTimeOffset.MaxValue).ShouldBe(day);
        calendar.Stretches(DateTimeOffset.MaxValue - day, DateTimeOffset.MaxValue).ShouldHaveSingleItem();
    }

    [Fact]
    public void The_calendar_always_is_open_at_every_instant()
    {
        var (from, to) = (At("2020-02-28 23:59:59"), At("2031-01-01 00:00"));

        WorkCalendar.AlwaysOpen.Spec.Id.ShouldBe("always");
        WorkCalendar.AlwaysOpen.Between(from, to).ShouldBe(to - from);
        WorkCalendar.AlwaysOpen.Add(from, to - from).ShouldBe(to);
        WorkCalendar.AlwaysOpen.Stretches(from, to).ShouldBe([new(from, to, StretchKind.Open, "open")]);
    }

    [Fact]
    public void The_lunch_break_does_not_count()
    {
        var calendar = Weekdays("Asia/Shanghai", "09:00-12:00", "13:30-18:00").Create();
        calendar.Add(At("2026-11-20 11:00 +08:00"), Hours(2)).ShouldBe(At("2026-11-20 14:30 +08:00"));
    }

    [Theory]
    [InlineData("09:00-13:00", "12:00-17:00")]
    [InlineData("09:00-13:00", "13:00-17:00")]
    [InlineData("12:00-17:00", "09:00-17:00")]
    public void Windows_that_overlap_or_touch_count_once_and_are_one_stretch(string one, string other)
    {
        var calendar = Weekdays("UTC", one, other).Create();
        var (from, to) = (At("2026-11-20 09:00"), At("2026-11-20 17:00"));

        calendar.Between(from, to).ShouldBe(Hours(8));
        calendar.Stretches(from, to).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_stretch_says_why_it_counts_or_not()
    {
        var calendar = Weekdays("Asia/Shanghai", "09:00-17:00")
            .Closed("2026-10-01", "国庆节")
            .Closed("2026-10-02", "Stocktaking", "12:00-24:00")
            .MadeUp("2026-10-03", "国庆节调休", "10:00-16:00")
            .Create();

        calendar
            .Stretches(At("2026-09-30 16:00 +08:00"), At("2026-10-03 16:00 +08:00"))
            .ShouldBe([
                Stretch("2026-09-30 16:00", "2026-09-30 17:00", StretchKind.Open, "open"),
                Stretch("2026-09-30 17:00", "2026-10-01 00:00", StretchKind.ClosedHours, "closed hours"),
                Stretch("2026-10-01 00:00", "2026-10-02 00:00", StretchKind.Holiday, "国庆节"),
                Stretch("2026-10-02 00:00", "2026-10-02 09:00", StretchKind.ClosedHours, "closed hours"),
                Stretch("2026-10-02 09:00", "2026-10-02 12:00", StretchKind.Open, "open"),
                Stretch("2026-10-02 12:00", "2026-10-03 00:00", StretchKind.Holiday, "Stocktaking"),
                Stretch("2026-10-03 00:00", "2026-10-03 10:00", StretchKind.ClosedHours, "closed hours"),
                Stretch("2026-10-03 10:00", "2026-10-03 16:00", StretchKind.Open, "国庆节调休"),
            ]);

        static Stretch Stretch(string from, string to, StretchKind kind, string because) =>
            new(At($"{from} +08:00"), At($"{to} +08:00"), kind, because);
    }

    [Fact]
    public void No_time_has_no_stretches() =>
        Office.Stretches(At("2026-11-20 12:00"), At("2026-11-20 12:00")).ShouldBeEmpty();

    private static TimeSpan Hours(double hours) => TimeSpan.FromHours(hours);
}
