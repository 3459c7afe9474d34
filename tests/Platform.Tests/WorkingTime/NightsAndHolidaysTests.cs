using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Platform.Tests.WorkingTime.Calendars;

namespace CustomerFeedback.Platform.Tests.WorkingTime;

/// <summary>
/// The rules of services/adr/0009-working-time.md. Night shifts from Monday to Friday, 22:00 to 06:00;
/// 2026-11-24 is a Tuesday, 2026-11-28 a Saturday.
/// </summary>
public class NightsAndHolidaysTests
{
    private static readonly CalendarSpec Nights = Weekdays("UTC", "22:00-06:00");

    [Fact]
    public void A_night_belongs_to_the_day_it_starts_on() =>
        Open(Nights, "2026-11-27 12:00", "2026-11-30 12:00").ShouldBe(["27 22:00-28 06:00"], "Friday's, not Sunday's");

    [Fact]
    public void A_whole_holiday_closes_its_date_from_midnight_to_midnight_and_nothing_else() =>
        Open(Nights.Closed("2026-11-24", "Holiday"), "2026-11-23 12:00", "2026-11-25 12:00")
            .ShouldBe(["23 22:00-24 00:00", "25 00:00-25 06:00"]);

    [Fact]
    public void A_part_of_a_holiday_cuts_the_night_that_runs_into_it() =>
        Open(Nights.Closed("2026-11-24", "Holiday", "03:00-05:00"), "2026-11-23 12:00", "2026-11-24 12:00")
            .ShouldBe(["23 22:00-24 03:00", "24 05:00-24 06:00"]);

    [Fact]
    public void A_closed_evening_leaves_the_early_morning_after_it_open() =>
        Open(Nights.Closed("2026-11-24", "Holiday", "12:00-24:00"), "2026-11-23 12:00", "2026-11-25 12:00")
            .ShouldBe(["23 22:00-24 06:00", "25 00:00-25 06:00"]);

    [Fact]
    public void A_make_up_day_replaces_the_hours_that_start_on_it() =>
        Open(Nights.MadeUp("2026-11-24", "Make-up", "10:00-16:00"), "2026-11-24 08:00", "2026-11-25 20:00")
            .ShouldBe(["24 10:00-24 16:00"]);

    [Fact]
    public void A_make_up_day_keeps_the_night_that_runs_into_it() =>
        Open(Nights.MadeUp("2026-11-28", "Make-up", "10:00-16:00"), "2026-11-27 12:00", "2026-11-29 12:00")
            .ShouldBe(["27 22:00-28 06:00", "28 10:00-28 16:00"]);

    [Theory]
    [InlineData(null)]
    [InlineData("00:00-12:00")]
    public void A_make_up_day_wins_over_any_holiday_on_its_date(string? part) =>
        Open(
                Nights.Closed("2026-11-28", "Holiday", part).MadeUp("2026-11-28", "Make-up", "10:00-16:00"),
                "2026-11-27 12:00",
                "2026-11-29 12:00"
            )
            .ShouldBe(["27 22:00-28 06:00", "28 10:00-28 16:00"]);

    [Fact]
    public void A_holiday_cuts_the_night_of_the_make_up_day_before_it() =>
        Open(
                Nights.MadeUp("2026-11-28", "Make-up", "20:00-04:00").Closed("2026-11-29", "Holiday", "02:00-24:00"),
                "2026-11-28 12:00",
                "2026-11-29 12:00"
            )
            .ShouldBe(["28 20:00-29 02:00"]);

    [Fact]
    public void Where_a_night_meets_the_hours_of_the_next_day_the_day_gives_the_reason()
    {
        var calendar = Nights.MadeUp("2026-11-24", "Make-up", "05:00-08:00").Create();
        calendar
            .Stretches(At("2026-11-24 04:00"), At("2026-11-24 08:00"))
            .ShouldBe([
                new(At("2026-11-24 04:00"), At("2026-11-24 05:00"), StretchKind.Open, "open"),
                new(At("2026-11-24 05:00"), At("2026-11-24 08:00"), StretchKind.Open, "Make-up"),
            ]);
    }

    [Fact]
    public void An_end_at_00_00_is_an_end_at_24_00() =>
        Open(Weekdays("UTC", "22:00-00:00"), "2026-11-27 12:00", "2026-11-29 12:00").ShouldBe(["27 22:00-28 00:00"]);

    private static IEnumerable<string> Open(CalendarSpec spec, string first, string last) =>
        from stretch in spec.Create().Stretches(At(first), At(last))
        where stretch.Kind == StretchKind.Open
        select $"{stretch.From:dd HH:mm}-{stretch.To:dd HH:mm}";
}
