namespace CustomerFeedback.WorkingTime;

/// <summary>
/// Arithmetic with working time. Immutable from outside and safe to share between threads; each year is laid out on first
/// use and a bounded number of years is kept.
/// </summary>
public sealed class WorkCalendar
{
    private const int YearsKept = 32;

    /// <summary>Work that is not done by then never will be; and looking for its end must not take long.</summary>
    private const int YearsAhead = 200;
    private static readonly IReadOnlyList<string> AllDay = ["00:00-24:00"];

    private readonly CalendarRules rules;
    private readonly YearTable?[] years = new YearTable?[YearsKept];

    private WorkCalendar(CalendarSpec spec, CalendarRules rules)
    {
        (Spec, this.rules) = (spec, rules);
        Week = TimeSpan.FromMinutes(rules.Week.Sum(day => day.Windows.Sum(window => window.End - window.Start)));
    }

    /// <summary>The calendar <c>always</c>: open around the clock, every day.</summary>
    public static WorkCalendar AlwaysOpen { get; } =
        TryCreate(new("always", "UTC", CalendarReader.Days.ToDictionary(day => day, _ => AllDay), [], []), out _)!;

    /// <summary>The calendar as it was written down.</summary>
    public CalendarSpec Spec { get; }

    /// <summary>The working time of an ordinary week, without holidays and make-up days.</summary>
    public TimeSpan Week { get; }

    /// <summary>Reads a calendar; null, with every problem found, where it is malformed or would not open for ever.</summary>
    public static WorkCalendar? TryCreate(CalendarSpec spec, out IReadOnlyList<CalendarProblem> problems)
    {
        var reader = new CalendarReader(spec);
        var read = reader.Read();
        problems = reader.Problems;
        return read is null ? null : new(reader.Spec, read);
    }

    /// <summary>
    /// The earliest instant by which <paramref name="working"/> time has passed since <paramref name="from"/>: closing
    /// time, not the next opening, when it is used up at closing; <paramref name="from"/> itself for none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or is not used up within two hundred years.</exception>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan working)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(working, TimeSpan.Zero);
        if (working == TimeSpan.Zero)
            return from.ToUniversalTime();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(working, DateTimeOffset.MaxValue - from);

        var year = In(from.UtcDateTime.Year);
        var last = Math.Min(year.Year + YearsAhead, DateTime.MaxValue.Year);
        var sought = year.OpenBefore(from.UtcTicks) + working.Ticks;
        while (sought > year.Open)
        {
            sought -= year.Open;
            if (year.Year == last)
                throw new ArgumentOutOfRangeException(nameof(working), working, $"Not used up by the year {last}.");
            year = In(year.Year + 1);
        }
        return new(year.WhenOpenReaches(sought), TimeSpan.Zero);
    }

    /// <summary>The working time within [from, to); none where <paramref name="to"/> is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from)
            return TimeSpan.Zero;

        var year = In(from.UtcDateTime.Year);
        var last = to.UtcDateTime.Year;
        var open = -year.OpenBefore(from.UtcTicks);
        while (year.Year < last)
        {
            open += year.Open;
            year = In(year.Year + 1);
        }
        return new(open + year.OpenBefore(to.UtcTicks));
    }

    /// <summary>Covers [from, to) in order and without gaps by stretches, each with its reason; neighbours differ.</summary>
    public IEnumerable<Stretch> Stretches(DateTimeOffset from, DateTimeOffset to) =>
        YearTable
            .Merge(Segments(from.UtcTicks, to.UtcTicks))
            .Select(s => new Stretch(
                new(s.From, TimeSpan.Zero),
                new(s.To, TimeSpan.Zero),
                s.Reason.Kind,
                s.Reason.Because
            ));

    private IEnumerable<Segment> Segments(long from, long to)
    {
        while (from < to)
        {
            var year = In(new DateTime(from, DateTimeKind.Utc).Year);
            for (var at = year.SegmentAt(from); at < year.Segments.Count && from < to; at++)
            {
                var end = Math.Min(year.Segments[at].To, to);
                yield return new(from, end, year.Segments[at].Reason);
                from = end;
            }
        }
    }

    /// <summary>A year has one place among those kept; who finds another year there lays its own out (in a race twice, equal).</summary>
    private YearTable In(int year)
    {
        ref var place = ref years[year % YearsKept];
        var table = Volatile.Read(ref place);
        if (table?.Year != year)
        {
            table = new(rules, year);
            Volatile.Write(ref place, table);
        }
        return table;
    }
}
