using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>What a list would change about a calendar, and the calendar with it changed.</summary>
public sealed class HolidayListTests
{
    private static readonly CalendarSpec Calendar = new(
        "office",
        "Asia/Shanghai",
        new Dictionary<string, IReadOnlyList<string>> { ["mon"] = [], ["tue"] = ["09:00-12:00", "13:00-18:00"] },
        [
            new(new(2026, 1, 1), "元旦", null),
            new(new(2026, 5, 1), "Labour", null),
            new(new(2025, 12, 31), "盘点", "12:00-24:00"),
        ],
        [new(new(2026, 1, 4), "补班", ["09:00-12:00", "13:00-18:00"])]
    );

    private static ListedDay Holiday(int month, int day, string name) =>
        new(new(2026, month, day), DayKind.Holiday, name, null, null);

    private static ListedDay MakeUp(int month, int day, string name) =>
        new(new(2026, month, day), DayKind.MakeUp, name, null, null);

    private static readonly ListedDay[] List =
    [
        Holiday(1, 1, "元旦"),
        MakeUp(1, 4, "补班"),
        Holiday(5, 1, "劳动节"),
        Holiday(10, 1, "国庆节"),
        MakeUp(10, 10, "国庆节调休上班"),
    ];

    [Fact]
    public void What_it_says_already_is_no_change_and_a_make_up_day_is_worked_as_usual()
    {
        var changes = HolidayList.Compare(Calendar, List, replace: false);
        changes.Adds.Select(day => day.Name).ShouldBe(["国庆节", "国庆节调休上班"]);
        changes.Adds[1].Hours.ShouldBe(["09:00-12:00", "13:00-18:00"]);
        changes.Changes.ShouldHaveSingleItem().To.Name.ShouldBe("劳动节");
        changes.Removes.ShouldBeEmpty();
        HolidayList.Compare(Calendar.With(changes), List, replace: false).IsNothing.ShouldBeTrue();
    }

    [Fact]
    public void As_all_there_is_in_its_years_it_removes_the_others_of_these_years_only()
    {
        var changes = HolidayList.Compare(Calendar, List[2..], replace: true);
        changes.Removes.Select(day => day.Date).ShouldBe([new(2026, 1, 1), new(2026, 1, 4)]);
        var changed = Calendar.With(changes);
        changed.Holidays.Select(day => day.Date).ShouldBe([new(2025, 12, 31), new(2026, 5, 1), new(2026, 10, 1)]);
        changed.Workdays.Select(day => day.Date).ShouldBe([new(2026, 10, 10)]);
    }

    [Fact]
    public void A_holiday_that_becomes_a_make_up_day_is_one_change()
    {
        var changes = HolidayList.Compare(Calendar, [MakeUp(5, 1, "补班")], replace: false);
        changes.Changes.ShouldHaveSingleItem().From.Kind.ShouldBe(DayKind.Holiday);
        var changed = Calendar.With(changes);
        changed.Holidays.ShouldNotContain(day => day.Date == new DateOnly(2026, 5, 1));
        changed.Workdays.Count.ShouldBe(2);
    }

    [Fact]
    public void A_part_of_a_day_is_kept_as_it_is() =>
        HolidayList.Compare(Calendar, [ListedDay.Of(Calendar.Holidays[2])], replace: true).IsNothing.ShouldBeTrue();
}
