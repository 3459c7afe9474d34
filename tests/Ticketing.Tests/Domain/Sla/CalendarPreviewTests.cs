using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>A year as people read it, by the arithmetic of due times.</summary>
public sealed class CalendarPreviewTests
{
    private static readonly WorkCalendar Shop = Office(
        "Asia/Shanghai",
        holidays:
        [
            new(new(2026, 10, 1), "国庆节", null),
            new(new(2026, 12, 31), "年终盘点", "12:00-24:00"),
            new(new(2026, 10, 10), "hidden", null),
        ],
        workdays: [new(new(2026, 10, 10), "调休上班", ["10:00-16:00"])]
    );

    private static PreviewedDay On(WorkCalendar calendar, int month, int day) =>
        CalendarPreview.Days(calendar, 2026).Single(one => (one.Date.Month, one.Date.Day) == (month, day));

    [Theory]
    [InlineData(10, 9, "Working", "09:00-17:00", null, 480)]
    [InlineData(10, 11, "Closed", "", null, 0)]
    [InlineData(10, 1, "Holiday", "", "国庆节", 0)]
    [InlineData(12, 31, "PartHoliday", "09:00-12:00", "年终盘点", 180)]
    [InlineData(10, 10, "MakeUp", "10:00-16:00", "调休上班", 360)]
    public void A_date_says_what_it_is(int month, int day, string kind, string hours, string? name, int minutes)
    {
        var previewed = On(Shop, month, day);
        ($"{previewed.Kind}", string.Join(',', previewed.Hours), previewed.Name, previewed.Minutes).ShouldBe(
            (kind, hours, name, minutes)
        );
    }

    [Fact]
    public void A_night_shift_shows_on_both_of_its_dates()
    {
        var night = Office("Asia/Shanghai", "22:00-06:00", days: "fri");
        On(night, 11, 20).Hours.ShouldBe(["22:00-24:00"]);
        (On(night, 11, 21).Hours.Single(), On(night, 11, 21).Minutes).ShouldBe(("00:00-06:00", 360));
    }

    [Fact]
    public void When_the_clocks_change_the_minutes_are_those_that_pass()
    {
        string[] week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        var berlin = Office("Europe/Berlin", "00:00-24:00", days: week);
        On(berlin, 3, 29).Minutes.ShouldBe(23 * 60);
        On(berlin, 10, 25).Minutes.ShouldBe(25 * 60);
        On(berlin, 10, 25).Hours.ShouldBe(["00:00-24:00"]);
    }

    [Fact]
    public void Days_and_months_add_up_to_what_due_times_are_computed_with()
    {
        var days = CalendarPreview.Days(Shop, 2026);
        days.Count.ShouldBe(365);
        CalendarPreview.Days(Shop, 2028).Count.ShouldBe(366);
        var year = Shop.Between(T("2025-12-31 16:00"), T("2026-12-31 16:00"));
        days.Sum(day => day.Minutes).ShouldBe((int)year.TotalMinutes);
        var months = CalendarPreview.Months(days);
        months.Sum(month => month.Minutes).ShouldBe((int)year.TotalMinutes);
        months[9].ShouldBe(new(10, 22, 21 * 480 + 360, 1, 1));
    }
}
