using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>Holidays from iCalendar: whole days only, what else there is said to be left out.</summary>
public sealed class HolidayFeedTests
{
    private static HolidayFeed Read(params string[] lines)
    {
        var feed = HolidayFeed.TryRead(
            string.Join("\r\n", ["BEGIN:VCALENDAR", "VERSION:2.0", .. lines, "END:VCALENDAR", ""]),
            out var problem
        );
        problem.ShouldBeNull();
        return feed!;
    }

    private static string[] Event(params string[] lines) => ["BEGIN:VEVENT", .. lines, "END:VEVENT"];

    [Fact]
    public void An_event_of_several_days_is_a_holiday_on_each_its_end_exclusive()
    {
        var feed = Read(Event("DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261008", "SUMMARY:国庆节"));
        feed.Days.Select(day => day.Date.Day).ShouldBe([1, 2, 3, 4, 5, 6, 7]);
        feed.Days.ShouldAllBe(day => day.Kind == DayKind.Holiday && day.Name == "国庆节");
    }

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20261001", 1)]
    [InlineData("DTSTART:20261001\r\nDURATION:P3D", 3)]
    [InlineData("dtstart;value=date:20261001\r\ndtend;value=date:20261002", 1)]
    public void Without_an_end_it_lasts_one_day(string dates, int days) =>
        Read(Event(dates, "SUMMARY:x")).Days.Count.ShouldBe(days);

    [Theory]
    [InlineData("SUMMARY:春节（班）", "MakeUp")]
    [InlineData("SUMMARY:国庆节调休", "MakeUp")]
    [InlineData("SUMMARY:补班", "MakeUp")]
    [InlineData("SUMMARY:Make-up workday", "MakeUp")]
    [InlineData("SUMMARY:Saturday\r\nCATEGORIES:WORKDAY,China", "MakeUp")]
    [InlineData("SUMMARY:国庆节(班)", "MakeUp")]
    [InlineData("SUMMARY:国庆节 补班", "MakeUp")]
    [InlineData("SUMMARY:春节 补班 第1天/共2天", "MakeUp")]
    [InlineData("SUMMARY:劳动节调休上班", "MakeUp")]
    [InlineData("SUMMARY:上班", "MakeUp")]
    [InlineData("SUMMARY:补班（春节）", "MakeUp")]
    [InlineData("SUMMARY:班 国庆节", "MakeUp")]
    [InlineData("SUMMARY:国庆节（补班）", "MakeUp")]
    [InlineData("SUMMARY:Makeup day", "MakeUp")]
    [InlineData("SUMMARY:Special Working Day", "MakeUp")]
    [InlineData("SUMMARY:儿童节 班级活动", "Holiday")]
    [InlineData("SUMMARY:班主任节", "Holiday")]
    [InlineData("SUMMARY:元旦调休放假", "Holiday")]
    [InlineData("SUMMARY:春节 不上班", "Holiday")]
    [InlineData("SUMMARY:劳动节（休）", "Holiday")]
    [InlineData("SUMMARY:Non-working day", "Holiday")]
    [InlineData("SUMMARY:Make-up artists' day", "Holiday")]
    [InlineData("SUMMARY:春节（休）", "Holiday")]
    [InlineData("SUMMARY:Labour Day\r\nCATEGORIES:HOLIDAY", "Holiday")]
    public void Make_up_days_are_known_by_category_or_summary(string line, string kind) =>
        $"{Read(Event("DTSTART;VALUE=DATE:20260214", line)).Days.Single().Kind}".ShouldBe(kind);

    [Fact]
    public void Folded_lines_are_one_and_escaped_text_is_text()
    {
        var feed = Read(
            Event(
                "DTSTART;VALUE=DATE:20260101",
                "SUMMARY;LANGUAGE=\"a:b\":New Year\\, first\\; a",
                " nd\\nsecond \\\\ day",
                "DESCRIPTION:any:thing"
            )
        );
        feed.Days.Single().Name.ShouldBe("New Year, first; and second \\ day");
    }

    [Fact]
    public void A_byte_order_mark_other_components_and_alarms_do_no_harm()
    {
        var text =
            "\uFEFFBEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Asia/Shanghai\nBEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\nEND:VTIMEZONE\n"
            + "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nSUMMARY:元旦\nBEGIN:VALARM\nSUMMARY:alarm\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR";
        HolidayFeed.TryRead(text, out _)!.Days.ShouldHaveSingleItem().Name.ShouldBe("元旦");
    }

    [Theory]
    [InlineData("DTSTART:20261001T090000Z\r\nSUMMARY:x", "not_all_day")]
    [InlineData("DTSTART;VALUE=DATE:20260230\r\nSUMMARY:x", "not_all_day")]
    [InlineData("SUMMARY:x", "not_all_day")]
    [InlineData("DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261001\r\nSUMMARY:x", "out_of_range")]
    [InlineData("DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:x", "out_of_range")]
    [InlineData("DTSTART;VALUE=DATE:20261001\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:x", "recurring")]
    [InlineData("DTSTART;VALUE=DATE:20261001\r\nSTATUS:CANCELLED\r\nSUMMARY:x", "cancelled")]
    [InlineData("DTSTART;VALUE=DATE:20261001", "unnamed")]
    public void What_is_not_read_is_a_finding_with_its_line(string lines, string code)
    {
        var feed = Read(Event(lines));
        feed.Days.ShouldBeEmpty();
        var finding = feed.Findings.ShouldHaveSingleItem();
        (finding.Line, finding.Code).ShouldBe((3, code));
    }

    [Fact]
    public void A_date_that_is_named_twice_counts_once_and_is_a_finding()
    {
        var feed = Read([
            .. Event("DTSTART;VALUE=DATE:20261001", "SUMMARY:国庆节"),
            .. Event("DTSTART;VALUE=DATE:20261001", "SUMMARY:补班"),
        ]);
        feed.Days.ShouldHaveSingleItem().Kind.ShouldBe(DayKind.Holiday);
        feed.Findings.ShouldHaveSingleItem().Code.ShouldBe("duplicate_date");
    }

    [Theory]
    [InlineData("", "unbalanced")]
    [InlineData("\n\n", "unbalanced")]
    [InlineData("<html>", "malformed_line")]
    [InlineData("BEGIN:VEVENT\nEND:VEVENT", "not_icalendar")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", "unbalanced")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101", "unbalanced")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR", "not_icalendar")]
    [InlineData("BEGIN:VCALENDAR\nno colon\nEND:VCALENDAR", "malformed_line")]
    [InlineData("BEGIN:VCALENDAR\n:nothing\nEND:VCALENDAR", "malformed_line")]
    public void What_is_no_iCalendar_is_refused(string text, string code)
    {
        HolidayFeed.TryRead(text, out var problem).ShouldBeNull();
        problem!.Code.ShouldBe(code);
        problem.Line.ShouldNotBeNull();
    }

    [Fact]
    public void More_events_than_a_list_of_holidays_has_are_refused()
    {
        var events = string.Concat(Enumerable.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", 1001));
        HolidayFeed.TryRead($"BEGIN:VCALENDAR\n{events}END:VCALENDAR", out var problem).ShouldBeNull();
        problem!.Code.ShouldBe("too_many");
    }
}
