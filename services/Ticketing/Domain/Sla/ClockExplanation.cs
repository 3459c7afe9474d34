using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>What a piece of a clock's life counted as.</summary>
internal enum SegmentKind
{
    Running,
    Paused,
    ClosedHours,
    Holiday,
}

/// <summary>A piece of a clock's life, what it counted, and the event or holiday that made it so.</summary>
internal sealed record ClockSegment(
    DateTimeOffset From,
    DateTimeOffset To,
    SegmentKind Kind,
    string Because,
    TimeSpan Counted
);

/// <summary>Accounts for every minute of a clock.</summary>
internal static class ClockExplanation
{
    /// <summary>From the start to the end, or to <paramref name="until"/>, without gaps; what is counted adds up to what the clock has consumed.</summary>
    public static IReadOnlyList<ClockSegment> Explain(this ClockTrace trace, DateTimeOffset until)
    {
        var segments = new List<ClockSegment>();
        foreach (var period in trace.Periods)
        {
            var to = period.To is { } end && end < until ? end : until;
            if (to <= period.From)
                continue;
            if (period.Paused is not null)
                segments.Add(new(period.From, to, SegmentKind.Paused, period.Because, TimeSpan.Zero));
            else
                segments.AddRange(period.Calendar.Stretches(period.From, to).Select(stretch => Of(stretch, period)));
        }
        return segments;
    }

    private static ClockSegment Of(Stretch stretch, ClockPeriod period)
    {
        var isOpen = stretch.Kind is StretchKind.Open;
        // The calendar's word for plain working time says nothing; the name of a make-up day does.
        var named = !isOpen || stretch.Because != "open" ? stretch.Because : null;
        var because =
            !isOpen ? stretch.Because
            : stretch.From == period.From ? (named is null ? period.Because : $"{period.Because} ({named})")
            : named ?? "working hours";
        var kind = stretch.Kind switch
        {
            StretchKind.Open => SegmentKind.Running,
            StretchKind.ClosedHours => SegmentKind.ClosedHours,
            StretchKind.Holiday => SegmentKind.Holiday,
        };
        return new(stretch.From, stretch.To, kind, because, isOpen ? stretch.To - stretch.From : TimeSpan.Zero);
    }
}
