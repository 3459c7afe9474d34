using static CustomerFeedback.Platform.Tests.WorkingTime.Calendars;

namespace CustomerFeedback.Platform.Tests.WorkingTime;

/// <summary>A minute is open when the wall clock shows it within a window: skipped minutes never are, repeated ones twice.</summary>
public class ClockChangeTests
{
    [Theory]
    [InlineData("Europe/London", "2026-03-28 12:00", 7)] // forward by an hour
    [InlineData("Europe/London", "2026-10-24 12:00", 9)] // back by an hour
    [InlineData("Australia/Lord_Howe", "2026-10-03 00:00", 7.5)] // by half an hour
    [InlineData("Australia/Lord_Howe", "2026-04-04 00:00", 8.5)]
    [InlineData("Asia/Kolkata", "2026-03-28 00:00", 8)] // never
    public void A_night_shift_is_as_long_as_the_night_really_is(string zone, string evening, double hours) =>
        Daily(zone, "22:00-06:00")
            .Create()
            .Between(At(evening), At(evening).AddDays(1))
            .ShouldBe(TimeSpan.FromHours(hours));

    [Fact]
    public void Hours_that_the_clocks_skip_are_not_worked_that_day() =>
        Daily("America/New_York", "02:00-02:30")
            .Create()
            .Add(At("2026-03-07 12:00 -05:00"), TimeSpan.FromMinutes(10))
            .ShouldBe(At("2026-03-09 02:10 -04:00"));

    [Fact]
    public void Hours_that_the_clocks_repeat_are_worked_twice()
    {
        var calendar = Daily("America/New_York", "01:30-02:00").Create();
        calendar.Add(At("2026-11-01 00:00 -04:00"), TimeSpan.FromMinutes(45)).ShouldBe(At("2026-11-01 01:45 -05:00"));
        calendar
            .Between(At("2026-11-01 02:00 -04:00"), At("2026-11-01 01:30 -05:00"))
            .ShouldBe(TimeSpan.Zero, "the wall clock shows 01:00 to 01:30 again");
    }

    [Fact]
    public void A_day_without_midnight_starts_at_its_first_minute() =>
        Daily("America/Sao_Paulo", "00:00-24:00")
            .Closed("2018-11-04", "The day that began at 01:00")
            .Create()
            .Between(At("2018-11-03 12:00 -03:00"), At("2018-11-05 12:00 -02:00"))
            .ShouldBe(TimeSpan.FromHours(24));

    [Fact]
    public void A_date_that_a_zone_left_out_has_no_hours() =>
        Daily("Pacific/Apia", "09:00-17:00")
            .Create()
            .Between(At("2011-12-29 00:00 -10:00"), At("2012-01-01 00:00 +14:00"))
            .ShouldBe(TimeSpan.FromHours(16), "30 December 2011 did not take place");
}
