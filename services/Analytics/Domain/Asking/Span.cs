using NodaTime;

namespace CustomerFeedback.Analytics.Domain.Asking;

/// <summary>What is asked about: from an instant on and up to another, which is not in it; open where a side is null.</summary>
internal sealed record Span(Instant? From, Instant? To, DateTimeZone Zone)
{
    /// <summary>The days of the zone that the span is made of; null when it begins or ends within a day.</summary>
    public (LocalDate? First, LocalDate? End)? WholeDays =>
        IsMidnight(From, out var first) && IsMidnight(To, out var end) ? (first, end) : null;

    /// <summary>The periods that it touches, cut off where it begins and ends.</summary>
    public IEnumerable<Period> Periods(Grain grain)
    {
        if (From is not { } from || To is not { } to)
            throw new InvalidOperationException("A trend has a beginning and an end.");
        var day = grain.FirstDay(from.InZone(Zone).Date);
        while (Midnight(day) is var start && start < to)
        {
            var next = grain.Plus(day, 1);
            yield return new(day, Instant.Max(start, from), Instant.Min(Midnight(next), to));
            day = next;
        }
    }

    /// <summary>The stretch of the same length right before: whole months where it is made of them, else whole days, else the same time.</summary>
    public Span Previous()
    {
        if (From is not { } from || To is not { } to)
            throw new InvalidOperationException("Only what has a beginning and an end has something before it.");
        if (WholeDays is not ({ } first, { } end))
            return this with { From = from - (to - from), To = from };
        var months = NodaTime.Period.Between(first, end, PeriodUnits.Months).Months;
        var before =
            first.Day == 1 && end.Day == 1
                ? first.PlusMonths(-months)
                : first.PlusDays(-NodaTime.Period.DaysBetween(first, end));
        return this with { From = Midnight(before), To = from };
    }

    /// <summary>Each end moved on the calendar, its time of day kept.</summary>
    public Span Moved(Func<LocalDate, LocalDate> move) => this with { From = Moved(From, move), To = Moved(To, move) };

    private Instant? Moved(Instant? instant, Func<LocalDate, LocalDate> move) =>
        instant?.InZone(Zone) is { } local ? Zone.AtLeniently(move(local.Date).At(local.TimeOfDay)).ToInstant() : null;

    private bool IsMidnight(Instant? instant, out LocalDate? day)
    {
        day = instant?.InZone(Zone).Date;
        return instant is null || Midnight(day!.Value) == instant;
    }

    private Instant Midnight(LocalDate day) => Zone.AtStartOfDay(day).ToInstant();
}

/// <summary>One period of a trend, named by the first day of the week, month ... even where the span cuts it.</summary>
internal readonly record struct Period(LocalDate FirstDay, Instant Start, Instant End);
