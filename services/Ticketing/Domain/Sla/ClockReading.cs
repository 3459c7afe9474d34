namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>How a clock stands at an instant.</summary>
/// <param name="Remaining">Nothing once the target is spent.</param>
/// <param name="DueAt">Null while paused, and for a cancelled clock; of a breached one it is a fact, and stays.</param>
internal sealed record ClockReading(
    ClockState State,
    SlaPin Pin,
    DateTimeOffset StartedAt,
    TimeSpan Target,
    TimeSpan Consumed,
    TimeSpan Remaining,
    DateTimeOffset? DueAt,
    DateTimeOffset? MetAt,
    DateTimeOffset? BreachedAt,
    BreachCause? BreachCause,
    IReadOnlyList<ClockMark> Marks
)
{
    public bool IsOver { get; private init; }

    public static ClockReading Of(SlaClock clock, DateTimeOffset at)
    {
        var trace = clock.Trace;
        var consumed = trace.Consumed(at);
        var breached = trace.IsBreached(at);
        var met = trace.IsOver(at) && trace.End!.Event is ClockEvent.Met;
        var paused = !trace.IsOver(at) && trace.PeriodAt(at).Paused is not null;
        var cancelled = trace.IsOver(at) && !met;
        return new(
            trace.State(at),
            trace.Terms.Pin,
            trace.StartedAt,
            trace.Goal.Target,
            consumed,
            trace.Goal.Target > consumed ? trace.Goal.Target - consumed : TimeSpan.Zero,
            (paused || cancelled) && !breached ? null : trace.DueAt,
            met ? trace.End!.At : null,
            breached ? trace.BreachAt : null,
            breached ? trace.BreachCause : null,
            clock.Marks
        )
        {
            IsOver = trace.IsOver(at),
        };
    }
}
