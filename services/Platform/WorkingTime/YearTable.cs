using NodaTime;

namespace CustomerFeedback.WorkingTime;

/// <summary>A stretch in ticks, as in <see cref="DateTimeOffset.UtcTicks"/>.</summary>
internal readonly record struct Segment(long From, long To, Reason Reason);

/// <summary>
/// One UTC year of a calendar, laid out for searching: all stretches, and the open ones with the open time up to each
/// end. Instants are ticks.
/// </summary>
internal sealed class YearTable
{
    private readonly Segment[] segments;
    private readonly long[] segmentEnds;
    private readonly long[] starts;
    private readonly long[] ends;
    private readonly long[] openByEnd;

    public YearTable(CalendarRules rules, int year)
    {
        Year = year;
        segments = [.. Merge(Lay(rules, FirstTick(year), FirstTick(year + 1)))];
        segmentEnds = Array.ConvertAll(segments, segment => segment.To);
        var open = Array.FindAll(segments, segment => segment.Reason.Kind is StretchKind.Open);
        starts = Array.ConvertAll(open, segment => segment.From);
        ends = Array.ConvertAll(open, segment => segment.To);
        openByEnd = Array.ConvertAll(open, segment => Open += segment.To - segment.From);
    }

    public int Year { get; }

    /// <summary>All open time of the year.</summary>
    public long Open { get; private set; }

    public IReadOnlyList<Segment> Segments => segments;

    /// <summary>The place of the stretch that holds an instant of the year.</summary>
    public int SegmentAt(long instant)
    {
        var at = Array.BinarySearch(segmentEnds, instant);
        return at >= 0 ? at + 1 : ~at;
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

    /// <summary>Joins neighbours with the same reason: nights, weekends, and windows that touch.</summary>
    public static List<Segment> Merge(IEnumerable<Segment> segments)
    {
        var merged = new List<Segment>();
        foreach (var segment in segments)
        {
            if (merged is [.., var last] && last.Reason == segment.Reason)
                merged[^1] = last with { To = segment.To };
            else
                merged.Add(segment);
        }
        return merged;
    }

    private static long FirstTick(int year) =>
        year > DateTime.MaxValue.Year
            ? DateTime.MaxValue.Ticks
            : new DateOnly(year, 1, 1).DayNumber * TimeSpan.TicksPerDay;

    /// <summary>
    /// An instant is open when the wall clock then shows an open minute. Each period of one offset is laid out by itself,
    /// so a skipped hour is missing and a repeated hour counts twice, whatever the calendar's windows are.
    /// </summary>
    private static IEnumerable<Segment> Lay(CalendarRules rules, long from, long to)
    {
        foreach (var period in rules.Zone.GetZoneIntervals(At(from), At(to)))
        {
            var offset = period.WallOffset.Ticks;
            var first = period.HasStart ? Math.Max(from, period.Start.ToDateTimeUtc().Ticks) : from;
            var last = period.HasEnd ? Math.Min(to, period.End.ToDateTimeUtc().Ticks) : to;
            // Rounds down below zero too: the first hours of year 1 are still the day before in the west.
            var day = (int)((first + offset + TimeSpan.TicksPerDay) / TimeSpan.TicksPerDay) - 1;
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

    private static Instant At(long ticks) => Instant.FromDateTimeUtc(new(ticks, DateTimeKind.Utc));
}
