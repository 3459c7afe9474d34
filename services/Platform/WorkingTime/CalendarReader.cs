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
        CheckName("/id", Spec.Id);
        var zone = ReadZone();
        var week = ReadWeek();
        var closures = ReadHolidays();
        var makeUps = ReadWorkdays();
        // Holidays are finite, so hours in any week open for ever; make-up days alone come to an end.
        if (problems.Count == 0 && week.All(day => day.Windows.Count == 0))
            Report("/week", makeUps.Count > 0 ? "never_opens_again" : "never_opens");
        return problems.Count == 0 ? new(zone!, week, closures, makeUps) : null;
    }

    private DateTimeZone? ReadZone()
    {
        // Ids, not GetZoneOrNull alone: that one also takes "UTC+08:30", which is no zone of the IANA database.
        if (Spec.Zone is not null && DateTimeZoneProviders.Tzdb.Ids.Contains(Spec.Zone, StringComparer.Ordinal))
            return DateTimeZoneProviders.Tzdb[Spec.Zone];
        Report("/zone", "unknown_zone");
        return null;
    }

    private DayHours[] ReadWeek()
    {
        foreach (var day in Spec.Week.Keys.Where(day => !Days.Contains(day, StringComparer.Ordinal)))
            Report($"/week/{day.Replace("~", "~0").Replace("/", "~1")}", "unknown_day");
        var week = Days.Select(day => ReadHours($"/week/{day}", Spec.Week.GetValueOrDefault(day) ?? []));
        return [.. week.Select(hours => new DayHours(hours, Reason.Open))];
    }

    private Dictionary<int, Piece> ReadHolidays()
    {
        var closures = new Dictionary<int, Piece>();
        foreach (var (index, holiday) in Spec.Holidays.Index())
        {
            var pointer = $"/holidays/{index}";
            CheckName($"{pointer}/name", holiday?.Name);
            if (holiday is null)
                continue;
            CheckDate($"{pointer}/date", holiday.Date);
            var part = ReadPart($"{pointer}/part", holiday.Part ?? "00:00-24:00");
            var closure = new Piece(part.Start, part.End, new(StretchKind.Holiday, holiday.Name));
            if (!closures.TryAdd(holiday.Date.DayNumber, closure) && holiday.Date != default)
                Report($"{pointer}/date", "duplicate_date");
        }
        return closures;
    }

    private Dictionary<int, DayHours> ReadWorkdays()
    {
        var makeUps = new Dictionary<int, DayHours>();
        foreach (var (index, workday) in Spec.Workdays.Index())
        {
            var pointer = $"/workdays/{index}";
            CheckName($"{pointer}/name", workday?.Name);
            if (workday?.Hours is null or [])
                Report($"{pointer}/hours", "required");
            if (workday is null)
                continue;
            CheckDate($"{pointer}/date", workday.Date);
            var hours = ReadHours($"{pointer}/hours", workday.Hours ?? []);
            var makeUp = new DayHours(hours, new(StretchKind.Open, workday.Name));
            if (!makeUps.TryAdd(workday.Date.DayNumber, makeUp) && workday.Date != default)
                Report($"{pointer}/date", "duplicate_date");
        }
        return makeUps;
    }

    private List<Window> ReadHours(string pointer, IReadOnlyList<string> texts)
    {
        var hours = new List<Window>();
        foreach (var (index, text) in texts.Index())
        {
            if (ReadTimes($"{pointer}/{index}", text) is not { } times)
                continue;
            var isOvernight = times.End < times.Start;
            hours.Add(isOvernight ? times with { End = times.End + CalendarRules.MinutesPerDay } : times);
        }
        return hours;
    }

    private Window ReadPart(string pointer, string text)
    {
        var times = ReadTimes(pointer, text) ?? default;
        if (times.End < times.Start)
            Report(pointer, "part_outside_day");
        return times;
    }

    private Window? ReadTimes(string pointer, string? text)
    {
        var (start, end) =
            text is { Length: 11 } && text[5] == '-' ? (MinuteOf(text[..5]), MinuteOf(text[6..])) : default;
        if (start is null or CalendarRules.MinutesPerDay || end is null)
            Report(pointer, "malformed_window");
        else if (start == end)
            Report(pointer, "empty_window");
        else
            return new(start.Value, end.Value);
        return null;
    }

    private static int? MinuteOf(string text) =>
        text == "24:00" ? CalendarRules.MinutesPerDay
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.Hour * 60 + time.Minute
        : null;

    private void CheckName(string pointer, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            Report(pointer, "required");
        else if (name.Length > LongestName)
            Report(pointer, "too_long");
    }

    /// <summary>A date that JSON leaves out is read as the first of all days.</summary>
    private void CheckDate(string pointer, DateOnly date)
    {
        if (date == default)
            Report(pointer, "required");
    }

    private void Report(string pointer, string code) => problems.Add(new(pointer, code, Explain(code)));

    private static string Explain(string code) =>
        code switch
        {
            "required" => "A value is required here.",
            "too_long" => $"At most {LongestName} characters are allowed.",
            "unknown_zone" => "A zone is one of the IANA database, such as Asia/Shanghai.",
            "unknown_day" => "A day of the week is one of mon, tue, wed, thu, fri, sat, sun.",
            "malformed_window" => "A window is HH:mm-HH:mm; it starts by 23:59 and ends by 24:00.",
            "empty_window" => "A window ends at another time than it starts; a whole day is 00:00-24:00.",
            "part_outside_day" => "The closed part lies within its date: it ends after it starts, by 24:00.",
            "duplicate_date" => "The list names this date already.",
            "never_opens" => "The calendar never opens.",
            "never_opens_again" => "The calendar never opens again after its last make-up workday.",
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A problem without words."),
        };
}
