using System.Globalization;
using NodaTime;

namespace CustomerFeedback.WorkingTime;

/// <summary>Reads a written calendar strictly and collects every problem instead of stopping at the first.</summary>
internal sealed class CalendarReader(CalendarSpec written)
{
    private const int LongestName = 200;

    private readonly List<CalendarProblem> problems = [];

    public static IReadOnlyList<string> Days { get; } = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public IReadOnlyList<CalendarProblem> Problems => problems;

    /// <summary>The calendar with absent lists made empty, since JSON may leave them out.</summary>
    public CalendarSpec Spec { get; } =
        written with
        {
            Week = written.Week ?? new Dictionary<string, IReadOnlyList<string>>(),
            Holidays = written.Holidays ?? [],
            Workdays = written.Workdays ?? [],
        };

    /// <summary>The rules, or null when there are problems.</summary>
    public CalendarRules? Read()
    {
        ReadName("/id", Spec.Id);
        var zone = ReadZone();
        var week = ReadWeek();
        var closures = ReadHolidays();
        var makeUps = ReadWorkdays();
        if (problems.Count == 0 && week.All(day => day.Windows.Count == 0))
            ReportNeverOpens(makeUps.Count > 0);
        return problems.Count == 0 ? new(zone!, week, closures, makeUps) : null;
    }

    private DateTimeZone? ReadZone()
    {
        // Ids, not GetZoneOrNull alone: that one also takes "UTC+08:30", which is no zone of the IANA database.
        if (Spec.Zone is not null && DateTimeZoneProviders.Tzdb.Ids.Contains(Spec.Zone, StringComparer.Ordinal))
            return DateTimeZoneProviders.Tzdb[Spec.Zone];
        Report("/zone", "unknown_zone", $"'{Spec.Zone}' is not a zone of the IANA database.");
        return null;
    }

    private DayHours[] ReadWeek()
    {
        foreach (var day in Spec.Week.Keys.Where(day => !Days.Contains(day, StringComparer.Ordinal)))
            Report(
                $"/week/{Escape(day)}",
                "unknown_day",
                "A day of the week is one of mon, tue, wed, thu, fri, sat, sun."
            );
        return
        [
            .. Days.Select(day => new DayHours(
                ReadWindows($"/week/{day}", Spec.Week.GetValueOrDefault(day) ?? []),
                Reason.Open
            )),
        ];
    }

    private Dictionary<int, Piece> ReadHolidays()
    {
        var closures = new Dictionary<int, Piece>();
        foreach (var (index, holiday) in Spec.Holidays.Index())
        {
            var pointer = $"/holidays/{index}";
            if (holiday is null)
            {
                Report(pointer, "required", "A holiday has a date and a name.");
                continue;
            }
            ReadName($"{pointer}/name", holiday.Name);
            var part = holiday.Part is null
                ? new(0, CalendarRules.MinutesPerDay)
                : ReadPart($"{pointer}/part", holiday.Part);
            if (
                !closures.TryAdd(
                    holiday.Date.DayNumber,
                    new(part.Start, part.End, new(StretchKind.Holiday, holiday.Name))
                )
            )
                Report(
                    $"{pointer}/date",
                    "duplicate_date",
                    $"Another holiday already names {holiday.Date:yyyy-MM-dd}."
                );
        }
        return closures;
    }

    private Dictionary<int, DayHours> ReadWorkdays()
    {
        var makeUps = new Dictionary<int, DayHours>();
        foreach (var (index, workday) in Spec.Workdays.Index())
        {
            var pointer = $"/workdays/{index}";
            if (workday is null)
            {
                Report(pointer, "required", "A make-up workday has a date, a name and hours.");
                continue;
            }
            ReadName($"{pointer}/name", workday.Name);
            var windows = ReadWindows($"{pointer}/hours", workday.Hours ?? []);
            if (workday.Hours is null or [])
                Report($"{pointer}/hours", "required", "A make-up workday has hours; a day without any is a holiday.");
            if (!makeUps.TryAdd(workday.Date.DayNumber, new(windows, new(StretchKind.Open, workday.Name))))
                Report(
                    $"{pointer}/date",
                    "duplicate_date",
                    $"Another workday already names {workday.Date:yyyy-MM-dd}."
                );
        }
        return makeUps;
    }

    private List<Window> ReadWindows(string pointer, IReadOnlyList<string> written)
    {
        var windows = new List<Window>();
        foreach (var (index, text) in written.Index())
            if (ReadWindow($"{pointer}/{index}", text) is { } window)
                windows.Add(window);
        return windows;
    }

    /// <summary>An end that is not after its start lies on the next date.</summary>
    private Window? ReadWindow(string pointer, string? text)
    {
        if (Parse(pointer, text) is not { } times)
            return null;
        return times.End > times.Start ? times : times with { End = times.End + CalendarRules.MinutesPerDay };
    }

    private Window ReadPart(string pointer, string text)
    {
        if (Parse(pointer, text) is not { } times)
            return default;
        if (times.End < times.Start)
            Report(
                pointer,
                "part_outside_day",
                "The closed part lies within its date: it ends after it starts, by 24:00."
            );
        return times;
    }

    private Window? Parse(string pointer, string? text)
    {
        if (
            text is not { Length: 11 }
            || text[5] != '-'
            || Minutes(text[..5]) is not { } start
            || Minutes(text[6..]) is not { } end
        )
            Report(pointer, "malformed_window", "A window is HH:mm-HH:mm, from 00:00 to 24:00.");
        else if (start == CalendarRules.MinutesPerDay)
            Report(
                pointer,
                "malformed_window",
                "A window starts by 23:59; what starts at 24:00 belongs to the next day."
            );
        else if (start == end)
            Report(
                pointer,
                "empty_window",
                "A window ends at another time than it starts; a whole day is 00:00-24:00."
            );
        else
            return new(start, end);
        return null;
    }

    private static int? Minutes(string text) =>
        text == "24:00" ? CalendarRules.MinutesPerDay
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (int)time.ToTimeSpan().TotalMinutes
        : null;

    private void ReadName(string pointer, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            Report(pointer, "required", "A name is required.");
        else if (name.Length > LongestName)
            Report(pointer, "too_long", $"A name has at most {LongestName} characters.");
    }

    /// <summary>Holidays are finite, so hours in any week open for ever; make-up days alone come to an end.</summary>
    private void ReportNeverOpens(bool hasMakeUps)
    {
        if (hasMakeUps)
            Report("/week", "never_opens_again", "The calendar never opens again after its last make-up workday.");
        else
            Report("/week", "never_opens", "The calendar never opens.");
    }

    private void Report(string pointer, string code, string message) => problems.Add(new(pointer, code, message));

    private static string Escape(string key) => key.Replace("~", "~0").Replace("/", "~1");
}
