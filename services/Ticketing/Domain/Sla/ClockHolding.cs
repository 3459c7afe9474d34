namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>From an instant on: who has the ticket, in whose queue it is, and in which state.</summary>
internal sealed record Holding(DateTimeOffset From, string? Owner, string? Team, TicketStatus Status);

/// <summary>What of a clock's time ran while the ticket was held so.</summary>
/// <param name="Overrun">The part of it that ran after the breach.</param>
internal sealed record HeldTime(string? Owner, string? Team, TicketStatus Status, TimeSpan Counted, TimeSpan Overrun);

/// <summary>Says in whose hands a clock's time ran.</summary>
internal static class ClockHolding
{
    /// <summary>By holder, in order of their first time; adds up to what the clock has consumed, without a microsecond left over.</summary>
    /// <param name="holdings">In order of time; what comes before the first one is counted to it.</param>
    public static IReadOnlyList<HeldTime> HeldBy(
        this ClockTrace trace,
        IReadOnlyList<Holding> holdings,
        DateTimeOffset until
    )
    {
        var breach = trace.BreachAt ?? DateTimeOffset.MaxValue;
        var pieces =
            from period in trace.Periods
            where period.Paused is null
            let end = period.To is { } to && to < until ? to : until
            from holding in holdings.Index()
            let starts = holding.Index == 0 ? DateTimeOffset.MinValue : holding.Item.From
            let stops = holding.Index + 1 < holdings.Count ? holdings[holding.Index + 1].From : DateTimeOffset.MaxValue
            let first = Later(period.From, starts)
            let last = Earlier(end, stops)
            where first < last
            orderby first
            select (
                holding.Item,
                Counted: period.Calendar.Between(first, last),
                Overrun: period.Calendar.Between(Later(first, breach), last)
            );
        return
        [
            .. pieces
                .GroupBy(piece => (piece.Item.Owner, piece.Item.Team, piece.Item.Status))
                .Select(held => new HeldTime(
                    held.Key.Owner,
                    held.Key.Team,
                    held.Key.Status,
                    Sum(held.Select(piece => piece.Counted)),
                    Sum(held.Select(piece => piece.Overrun))
                )),
        ];
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => new(times.Sum(time => time.Ticks));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
