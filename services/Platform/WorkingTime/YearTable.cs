using NodaTime;

namespace CustomerFeedback.WorkingTime;

/// <summary>
/// One UTC year of a calendar, laid out for searching: all stretches, and the open ones with the open time up to each
/// end. Instants are ticks as in <see cref="DateTimeOffset.UtcTicks"/>.
/// </summary>
internal sealed class YearTable
{
    public readonly record struct Span(long From, long To, Reason Reason);

    private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;

    private readonly Span[] spans;
    private readonly long[] starts;
    private readonly long[] ends;
    private readonly long[] openByEnd;

    public YearTable(CalendarRules rules, int year)
    {
        Year = year;
        spans = [.. Merge(Lay(rules, FirstTick(year), FirstTick(year + 1)))];
        var open = Array.FindAll(spans, span => span.Reason.Kind is StretchKind.Open);
        starts = Array.ConvertAll(open, span => span.From);
        ends = Array.ConvertAll(open, span => span.To);
        openByEnd = Array.ConvertAll(open, span => Open += span.To - span.From);
    }

    public int Year { get; }

    /// <summary>All open time of the year.</summary>
    public long Open { get; private set; }

    public IReadOnlyList<Span> Spans => spans;

    /// <summary>The place of the stretch that holds an instant of the year.</summary>
    public int SpanAt(long instant)
    {
        var (low, high) = (0, spans.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = spans[middle].To <= instant ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    /// <summary>The open time of the year before an instant of it.</summary>
    public long OpenBefore(long instant)
    {
        var at = Array.BinarySearch(starts, instant);
        var window = at >= 0 ? at : ~at - 1;
        return window < 0 ? 0 : openByEnd[window] - Math.Max(0, ends[window] - instant);
    }

    /// <summary>The earliest instant by which that much of the year's open time has passed; more than 0, at most all.</summary>
    public long WhenOpenReaches(long open)
    {
        var at = Array.BinarySearch(openByEnd, open);
        var window = at >= 0 ? at : ~at;
        return ends[window] - (openByEnd[window] - open);
    }

    public static long FirstTick(int year) =>
        year > DateTime.MaxValue.Year
            ? DateTime.MaxValue.Ticks
            : new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>
    /// An instant is open when the wall clock then shows an open minute. Each period of one offset is laid out by itself,
    /// so a skipped hour is missing and a repeated hour counts twice, whatever the calendar's windows are.
    /// </summary>
    private static IEnumerable<Span> Lay(CalendarRules rules, long from, long to)
    {
        foreach (var period in rules.Zone.GetZoneIntervals(ToInstant(from), ToInstant(to)))
        {
            var offset = period.WallOffset.Ticks;
            var first = period.HasStart ? Math.Max(from, ToTicks(period.Start)) : from;
            var last = period.HasEnd ? Math.Min(to, ToTicks(period.End)) : to;
            var day = (int)Math.Floor((first + offset) / (double)TimeSpan.TicksPerDay);
            for (var midnight = day * TimeSpan.TicksPerDay - offset; midnight < last; midnight += TimeSpan.TicksPerDay)
            {
                foreach (var piece in rules.On(day++))
                {
                    var start = Math.Max(first, midnight + piece.Start * TimeSpan.TicksPerMinute);
                    var end = Math.Min(last, midnight + piece.End * TimeSpan.TicksPerMinute);
                    if (start < end)
                        yield return new(start, end, piece.Reason);
                }
            }
        }
    }

    /// <summary>Joins neighbours with the same reason: nights, weekends, and windows that touch.</summary>
    public static IEnumerable<Span> Merge(IEnumerable<Span> spans)
    {
        Span? held = null;
        foreach (var span in spans)
        {
            if (held is { } before && before.Reason == span.Reason)
            {
                held = before with { To = span.To };
                continue;
            }
            if (held is { } done)
                yield return done;
            held = span;
        }
        if (held is { } rest)
            yield return rest;
    }

    private static Instant ToInstant(long ticks) => Instant.FromUnixTimeTicks(ticks - UnixEpochTicks);

    private static long ToTicks(Instant instant) => instant.ToUnixTimeTicks() + UnixEpochTicks;
}
