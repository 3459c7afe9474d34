using System.Text.Json;
using CustomerFeedback.WorkingTime;
using static CustomerFeedback.Platform.Tests.WorkingTime.Calendars;

namespace CustomerFeedback.Platform.Tests.WorkingTime;

public class CalendarReaderTests
{
    private static readonly CalendarSpec Office = Weekdays("Asia/Shanghai", "09:00-17:00");

    [Fact]
    public void A_calendar_reads_from_the_JSON_of_the_API()
    {
        var spec = Json(
            """
            { "id": "cn", "zone": "Asia/Shanghai", "week": { "mon": ["09:00-12:00", "13:30-18:00"], "sat": [] },
              "holidays": [ { "date": "2026-10-01", "name": "国庆节", "part": null },
                            { "date": "2026-12-31", "name": "Stocktaking", "part": "12:00-24:00" } ],
              "workdays": [ { "date": "2026-10-10", "name": "调休", "hours": ["10:00-16:00"] } ] }
            """
        );

        var calendar = spec.Create();

        calendar.Spec.ShouldBe(spec);
        calendar.Between(At("2026-10-10 00:00 +08:00"), At("2026-10-12 12:00 +08:00")).ShouldBe(TimeSpan.FromHours(9));
    }

    [Fact]
    public void Lists_that_JSON_leaves_out_are_empty()
    {
        var calendar = Json("""{ "id": "short", "zone": "UTC", "week": { "mon": ["09:00-17:00"], "tue": null } }""")
            .Create();

        calendar.Spec.Holidays.ShouldBeEmpty();
        calendar.Spec.Workdays.ShouldBeEmpty();
    }

    [Fact]
    public void G7_a_calendar_that_never_opens_is_refused()
    {
        Refusals(Weekdays("UTC")).ShouldBe(["/week never_opens"]);
        Refusals(Week("UTC", [])).ShouldBe(["/week never_opens"]);
        Refusals(Json("""{ "id": "x", "zone": "UTC" }""")).ShouldBe(["/week never_opens"]);
    }

    [Fact]
    public void G7_a_calendar_that_opens_on_make_up_days_only_is_refused_since_they_come_to_an_end() =>
        Refusals(Weekdays("UTC").MadeUp("2026-10-10", "Once", "10:00-16:00")).ShouldBe(["/week never_opens_again"]);

    [Theory]
    [InlineData("")]
    [InlineData("Mars/Olympus")]
    [InlineData("UTC+08:00")]
    [InlineData("asia/shanghai")]
    [InlineData(null)]
    public void A_zone_is_one_of_the_IANA_database(string? zone) =>
        Refusals(Office with { Zone = zone! }).ShouldBe(["/zone unknown_zone"]);

    [Theory]
    [InlineData("")]
    [InlineData("9:00-17:00")]
    [InlineData("09:00–17:00")]
    [InlineData("09:00-17:00 ")]
    [InlineData("09:00 17:00")]
    [InlineData("09:00-25:00")]
    [InlineData("09:60-17:00")]
    [InlineData("09:00-24:01")]
    [InlineData("24:00-06:00")]
    [InlineData("٠٩:٠٠-١٧:٠٠")]
    [InlineData(null)]
    public void A_window_is_two_times_of_day(string? window) =>
        Refusals(Weekdays("UTC", "10:00-12:00") with { Week = Monday("08:00-09:00", window!) })
            .ShouldBe(["/week/mon/1 malformed_window"]);

    [Theory]
    [InlineData("00:00-24:00")]
    [InlineData("22:00-06:00")]
    [InlineData("23:59-00:00")]
    [InlineData("23:59-24:00")]
    public void A_window_may_be_a_day_or_run_overnight(string window) =>
        Refusals(Weekdays("UTC", window)).ShouldBeEmpty();

    [Fact]
    public void A_window_without_time_is_refused() =>
        Refusals(Weekdays("UTC", "09:00-17:00") with { Week = Monday("09:00-09:00") })
            .ShouldBe(["/week/mon/0 empty_window"]);

    [Theory]
    [InlineData("12:00-24:01", "malformed_window")]
    [InlineData("noon", "malformed_window")]
    [InlineData("12:00-12:00", "empty_window")]
    [InlineData("22:00-06:00", "part_outside_day")]
    [InlineData("12:00-00:00", "part_outside_day")]
    public void The_closed_part_lies_within_its_date(string part, string code) =>
        Refusals(Office.Closed("2026-10-01", "Holiday", part)).ShouldBe([$"/holidays/0/part {code}"]);

    [Fact]
    public void A_date_that_is_left_out_is_missed_not_the_first_of_all_days() =>
        Refusals(
                Office with
                {
                    Holidays = [new(default, "One", null), new(default, "Other", null)],
                    Workdays = [new(default, "Make-up", ["10:00-16:00"])],
                }
            )
            .ShouldBe(["/holidays/0/date required", "/holidays/1/date required", "/workdays/0/date required"]);

    [Fact]
    public void A_list_names_a_date_once()
    {
        Refusals(Office.Closed("2026-10-01", "One").Closed("2026-10-01", "Other", "12:00-24:00"))
            .ShouldBe(["/holidays/1/date duplicate_date"]);
        Refusals(Office.MadeUp("2026-10-10", "One", "10:00-16:00").MadeUp("2026-10-10", "Other", "10:00-16:00"))
            .ShouldBe(["/workdays/1/date duplicate_date"]);
        Refusals(Office.Closed("2026-10-01", "Holiday").MadeUp("2026-10-01", "Make-up", "10:00-16:00")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_problem_is_found_at_its_place()
    {
        var spec = new CalendarSpec(
            " ",
            "Nowhere",
            new Dictionary<string, IReadOnlyList<string>>
            {
                ["Mon"] = [],
                ["a/b~c"] = [],
                ["tue"] = ["9-5"],
            },
            [null!, new(new(2026, 10, 1), "", "x")],
            [null!, new(new(2026, 10, 10), new('x', 201), []), new(new(2026, 10, 11), "Make-up", null!)]
        );

        Refusals(spec)
            .ShouldBe([
                "/id required",
                "/zone unknown_zone",
                "/week/Mon unknown_day",
                "/week/a~1b~0c unknown_day",
                "/week/tue/0 malformed_window",
                "/holidays/0/name required",
                "/holidays/1/name required",
                "/holidays/1/part malformed_window",
                "/workdays/0/name required",
                "/workdays/0/hours required",
                "/workdays/1/name too_long",
                "/workdays/1/hours required",
                "/workdays/2/hours required",
            ]);
    }

    private static Dictionary<string, IReadOnlyList<string>> Monday(params string[] hours) => new() { ["mon"] = hours };

    private static IEnumerable<string> Refusals(CalendarSpec spec)
    {
        var calendar = WorkCalendar.TryCreate(spec, out var problems);
        (calendar is null).ShouldBe(problems.Count > 0);
        problems.ShouldAllBe(problem => problem.Message.Length > 0);
        return problems.Select(problem => $"{problem.Pointer} {problem.Code}");
    }

    private static CalendarSpec Json(string json) =>
        JsonSerializer.Deserialize<CalendarSpec>(json, JsonSerializerOptions.Web).ShouldNotBeNull();
}
