using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>One date of a list of holidays and make-up days.</summary>
/// <param name="Part">Of a holiday: the closed part; null for the whole day.</param>
/// <param name="Hours">Of a make-up day; null on a holiday, and in a list that does not say.</param>
internal sealed record ListedDay(DateOnly Date, DayKind Kind, string Name, string? Part, IReadOnlyList<string>? Hours)
{
    public static ListedDay Of(CalendarHoliday holiday) =>
        new(
            holiday.Date,
            holiday.Part is null ? DayKind.Holiday : DayKind.PartHoliday,
            holiday.Name,
            holiday.Part,
            null
        );

    public static ListedDay Of(CalendarWorkday workday) =>
        new(workday.Date, DayKind.MakeUp, workday.Name, null, workday.Hours);

    public bool SaysTheSameAs(ListedDay other) =>
        (Date, Kind, Name, Part) == (other.Date, other.Kind, other.Name, other.Part)
        && (Hours ?? []).SequenceEqual(other.Hours ?? []);
}

/// <summary>Something in a list that was left out, or read in a way that its reader should know of.</summary>
/// <param name="Line">Where it begins; null where the list has no lines.</param>
internal sealed record ListFinding(int? Line, string Code, string Message);

/// <summary>A date that says something else from now on.</summary>
internal sealed record ChangedDay(ListedDay From, ListedDay To);

/// <summary>What a list would change about a calendar.</summary>
internal sealed record CalendarChanges(
    IReadOnlyList<ListedDay> Adds,
    IReadOnlyList<ListedDay> Removes,
    IReadOnlyList<ChangedDay> Changes
)
{
    public bool IsNothing => Adds.Count + Removes.Count + Changes.Count == 0;
}

/// <summary>Compares a list with a calendar, and puts it in.</summary>
internal static class HolidayList
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>A make-up day of a list that says no hours is worked like the first day of the week that has any.</summary>
    public static IReadOnlyList<string> UsualHours(CalendarSpec calendar) =>
        Days.Select(day => calendar.Week.GetValueOrDefault(day) ?? []).First(hours => hours.Count > 0);

    /// <param name="replace">The list is all there is in the years that it names: other dates of these years go.</param>
    public static CalendarChanges Compare(CalendarSpec calendar, IReadOnlyList<ListedDay> list, bool replace)
    {
        var usual = UsualHours(calendar);
        var wanted = list.Select(day => day.Kind is DayKind.MakeUp ? day with { Hours = day.Hours ?? usual } : day)
            .ToDictionary(day => day.Date);
        // A make-up day outweighs a holiday on its date: what it hides is not spoken of.
        var known = calendar
            .Holidays.Select(ListedDay.Of)
            .Concat(calendar.Workdays.Select(ListedDay.Of))
            .GroupBy(day => day.Date)
            .ToDictionary(days => days.Key, days => days.Last());
        var years = wanted.Keys.Select(date => date.Year).ToHashSet();
        return new(
            [.. wanted.Values.Where(day => !known.ContainsKey(day.Date)).OrderBy(day => day.Date)],
            [
                .. known
                    .Values.Where(day => replace && years.Contains(day.Date.Year) && !wanted.ContainsKey(day.Date))
                    .OrderBy(day => day.Date),
            ],
            [
                .. wanted
                    .Values.Where(day => known.TryGetValue(day.Date, out var before) && !before.SaysTheSameAs(day))
                    .Select(day => new ChangedDay(known[day.Date], day))
                    .OrderBy(change => change.To.Date),
            ]
        );
    }

    /// <summary>The calendar with the changes made.</summary>
    public static CalendarSpec With(this CalendarSpec calendar, CalendarChanges changes)
    {
        var gone = changes
            .Removes.Concat(changes.Changes.Select(change => change.From))
            .Select(day => day.Date)
            .ToHashSet();
        ListedDay[] come = [.. changes.Adds, .. changes.Changes.Select(change => change.To)];
        return calendar with
        {
            Holidays =
            [
                .. calendar
                    .Holidays.Where(holiday => !gone.Contains(holiday.Date))
                    .Concat(
                        come.Where(day => day.Kind is not DayKind.MakeUp)
                            .Select(day => new CalendarHoliday(day.Date, day.Name, day.Part))
                    )
                    .OrderBy(holiday => holiday.Date),
            ],
            Workdays =
            [
                .. calendar
                    .Workdays.Where(workday => !gone.Contains(workday.Date))
                    .Concat(
                        come.Where(day => day.Kind is DayKind.MakeUp)
                            .Select(day => new CalendarWorkday(day.Date, day.Name, day.Hours!))
                    )
                    .OrderBy(workday => workday.Date),
            ],
        };
    }
}
