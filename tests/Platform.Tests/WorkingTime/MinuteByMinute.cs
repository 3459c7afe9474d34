using CustomerFeedback.WorkingTime;
using NodaTime;

namespace CustomerFeedback.Platform.Tests.WorkingTime;

/// <summary>
/// The second implementation: asks of every single minute what the wall clock shows and what that means, and counts.
/// Shares nothing with the library but the written calendar.
/// </summary>
internal sealed class MinuteByMinute
{
    private static readonly string[] Clock =
    [
        .. Enumerable.Range(0, 24 * 60).Select(minute => $"{minute / 60:00}:{minute % 60:00}"),
    ];

    private readonly CalendarSpec spec;
    private readonly DateTimeZone zone;
    private readonly DateTimeOffset origin;
    private readonly (StretchKind Kind, string Because)[] minutes;

    /// <summary>Everything asked for lies within the minutes that follow the origin, itself a full minute.</summary>
    public MinuteByMinute(CalendarSpec spec, DateTimeOffset origin, int length)
    {
        this.spec = spec;
        this.origin = origin;
        zone = DateTimeZoneProviders.Tzdb[spec.Zone];
        minutes = [.. Enumerable.Range(0, length).Select(minute => At(origin.AddMinutes(minute)))];
    }

    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var open = TimeSpan.Zero;
        for (var minute = MinuteOf(from); minute < minutes.Length && Start(minute) < to; minute++)
            if (minutes[minute].Kind == StretchKind.Open)
                open += Min(to, Start(minute + 1)) - Max(from, Start(minute));
        return open;
    }

    /// <summary>Null when the time is not used up within the minutes known.</summary>
    public DateTimeOffset? Add(DateTimeOffset from, TimeSpan working)
    {
        if (working == TimeSpan.Zero)
            return from;
        for (var minute = MinuteOf(from); minute < minutes.Length; minute++)
        {
            if (minutes[minute].Kind != StretchKind.Open)
                continue;
            var start = Max(from, Start(minute));
            var left = Start(minute + 1) - start;
            if (working <= left)
                return start + working;
            working -= left;
        }
        return null;
    }

    public IReadOnlyList<Stretch> Stretches(DateTimeOffset from, DateTimeOffset to)
    {
        var stretches = new List<Stretch>();
        for (var minute = MinuteOf(from); minute < minutes.Length && Start(minute) < to; minute++)
        {
            var (kind, because) = minutes[minute];
            var end = Min(to, Start(minute + 1));
            if (stretches.Count > 0 && stretches[^1].Kind == kind && stretches[^1].Because == because)
                stretches[^1] = stretches[^1] with { To = end };
            else
                stretches.Add(new(Max(from, Start(minute)), end, kind, because));
        }
        return stretches;
    }

    private (StretchKind, string) At(DateTimeOffset instant)
    {
        var wall = Instant.FromDateTimeOffset(instant).InZone(zone).LocalDateTime;
        var now = Clock[wall.Hour * 60 + wall.Minute];
        var makeUp = MakeUpOn(wall.Date);
        var holiday = spec.Holidays.SingleOrDefault(holiday => holiday.Date == wall.Date.ToDateOnly());
        if (makeUp is null && holiday is not null && IsWithin(holiday.Part ?? "00:00-24:00", now))
            return (StretchKind.Holiday, holiday.Name);
        if (
            HoursOn(wall.Date)
                .Any(window => IsWithin(window, now) || (IsOvernight(window) && IsAfter(now, window[..5])))
        )
            return (StretchKind.Open, makeUp?.Name ?? "open");
        var yesterday = wall.Date.PlusDays(-1);
        if (HoursOn(yesterday).Any(window => IsOvernight(window) && !IsAfter(now, window[6..])))
            return (StretchKind.Open, MakeUpOn(yesterday)?.Name ?? "open");
        return (StretchKind.ClosedHours, "closed hours");
    }

    private CalendarWorkday? MakeUpOn(LocalDate date) =>
        spec.Workdays.SingleOrDefault(workday => workday.Date == date.ToDateOnly());

    private IReadOnlyList<string> HoursOn(LocalDate date) =>
        MakeUpOn(date)?.Hours ?? spec.Week.GetValueOrDefault(date.DayOfWeek.ToString().ToLowerInvariant()[..3]) ?? [];

    // "HH:mm" sorts as text, "24:00" included.
    private static bool IsAfter(string now, string time) => string.CompareOrdinal(now, time) >= 0;

    private static bool IsOvernight(string window) => string.CompareOrdinal(window[6..], window[..5]) < 0;

    private static bool IsWithin(string window, string now) => IsAfter(now, window[..5]) && !IsAfter(now, window[6..]);

    private DateTimeOffset Start(int minute) => origin.AddMinutes(minute);

    private int MinuteOf(DateTimeOffset instant) => (int)((instant - origin).Ticks / TimeSpan.TicksPerMinute);

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
