using System.Globalization;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Platform.Tests.WorkingTime;

/// <summary>Calendars and instants as short as the examples that use them.</summary>
internal static class Calendars
{
    private static readonly string[] Workweek = ["mon", "tue", "wed", "thu", "fri"];

    /// <summary>The same hours from Monday to Friday.</summary>
    public static CalendarSpec Weekdays(string zone, params string[] hours) => Week(zone, Workweek, hours);

    /// <summary>The same hours on every day.</summary>
    public static CalendarSpec Daily(string zone, params string[] hours) =>
        Week(zone, [.. Workweek, "sat", "sun"], hours);

    public static CalendarSpec Week(string zone, string[] days, params string[] hours) =>
        new("example", zone, days.ToDictionary(day => day, _ => (IReadOnlyList<string>)hours), [], []);

    public static CalendarSpec Closed(this CalendarSpec spec, string date, string name, string? part = null) =>
        spec with
        {
            Holidays = [.. spec.Holidays, new(Date(date), name, part)],
        };

    public static CalendarSpec MadeUp(this CalendarSpec spec, string date, string name, params string[] hours) =>
        spec with
        {
            Workdays = [.. spec.Workdays, new(Date(date), name, hours)],
        };

    public static WorkCalendar Create(this CalendarSpec spec)
    {
        var calendar = WorkCalendar.TryCreate(spec, out var problems);
        problems.ShouldBeEmpty();
        return calendar.ShouldNotBeNull();
    }

    /// <summary>An instant such as <c>2026-11-20 16:30 +08:00</c>; UTC without an offset.</summary>
    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
