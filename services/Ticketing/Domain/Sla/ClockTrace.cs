using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>A piece of a clock's life in which it ran, or stood still for one reason.</summary>
/// <param name="To">Null while it lasts.</param>
/// <param name="Calendar">What its time is counted by: a change of calendar moves what lies ahead, and leaves what was counted.</param>
internal sealed record ClockPeriod(
    DateTimeOffset From,
    DateTimeOffset? To,
    PauseReason? Paused,
    string Because,
    WorkCalendar Calendar
)
{
    /// <summary>Working time of it until then.</summary>
    public TimeSpan Counted(DateTimeOffset until) =>
        Paused is null ? Calendar.Between(From, To is { } to && to < until ? to : until) : TimeSpan.Zero;
}

/// <summary>
/// What a clock's history comes to: its periods, its end, its due time and its breach. A pure function of the entries; time
/// only decides whether what is derived lies in the past yet.
/// </summary>
/// <param name="Floor">Nothing of this clock was due before this instant: its last change, or its late attachment.</param>
/// <param name="DueAt">When the target is (or would have been) spent; null while paused.</param>
/// <param name="BreachAt">When it is breached if nothing more happens; null while paused, or where it ended in time.</param>
internal sealed record ClockTrace(
    SlaTerms Terms,
    ClockGoal Goal,
    DateTimeOffset StartedAt,
    DateTimeOffset Floor,
    IReadOnlyList<ClockPeriod> Periods,
    ClockEntry? End,
    DateTimeOffset? DueAt,
    DateTimeOffset? BreachAt,
    BreachCause? BreachCause
)
{
    /// <summary>What the ticket waits for, as far as this clock has heard, whether or not that stops it.</summary>
    public PauseReason? Waiting { get; private init; }

    /// <summary>When somebody took notice of an escalation: no step of the ladder is due after that.</summary>
    public DateTimeOffset? AcknowledgedAt { get; private init; }

    public static ClockTrace Of(IReadOnlyList<ClockEntry> entries)
    {
        var start = entries[0];
        var (terms, goal) = (start.Terms!, start.Goal!);
        var floor = start.AttachedAt ?? start.At;
        var late = start.AttachedAt is not null;
        var periods = new List<ClockPeriod> { new(start.At, null, null, start.Because, terms.Calendar.Calendar) };
        PauseReason? waiting = null;
        DateTimeOffset? acknowledged = null;
        ClockEntry? end = null;
        (DateTimeOffset At, BreachCause Cause)? breach = null;

        foreach (var entry in entries.Skip(1))
        {
            switch (entry.Event)
            {
                case ClockEvent.Started:
                    break;
                case ClockEvent.Paused:
                    waiting = entry.Reason;
                    if (periods[^1].Paused is null && goal.PauseOn.Contains(waiting!.Value))
                        Turn(entry.At, waiting, entry.Because);
                    break;
                case ClockEvent.Resumed:
                    waiting = null;
                    if (periods[^1].Paused is not null)
                        Turn(entry.At, null, entry.Because);
                    break;
                case ClockEvent.Retargeted:
                    // Time that ran out before the change is a breach for good: the clock is judged.
                    breach ??= Breached(Due(goal, periods), late, floor, before: entry.At);
                    if (breach is not null)
                        break;
                    (terms, goal, floor, late) = (entry.Terms!, entry.Goal!, entry.At, true);
                    if (periods[^1].Paused is null)
                        Turn(
                            entry.At,
                            waiting is { } reason && goal.PauseOn.Contains(reason) ? reason : null,
                            entry.Because
                        );
                    breach = Breached(Due(goal, periods), late, floor, before: entry.At);
                    break;
                case ClockEvent.Acknowledged:
                    acknowledged ??= entry.At;
                    break;
                case ClockEvent.Met or ClockEvent.Cancelled:
                    end = entry;
                    break;
            }
            if (end is not null)
                break;
        }

        var due = Due(goal, periods);
        breach ??= Breached(due, late, floor, before: end?.At ?? DateTimeOffset.MaxValue);
        if (end is not null)
            periods[^1] = periods[^1] with { To = end.At };
        return new(terms, goal, start.At, floor, periods, end, due, breach?.At, breach?.Cause)
        {
            Waiting = waiting,
            AcknowledgedAt = acknowledged,
        };

        void Turn(DateTimeOffset at, PauseReason? paused, string because)
        {
            periods[^1] = periods[^1] with { To = at };
            periods.Add(new(at, null, paused, because, terms.Calendar.Calendar));
        }
    }

    /// <summary>What happens at the due instant itself is in time.</summary>
    private static (DateTimeOffset, BreachCause)? Breached(
        DateTimeOffset? due,
        bool late,
        DateTimeOffset floor,
        DateTimeOffset before
    ) =>
        due is not { } at || at >= before ? null
        : late && at < floor ? (floor, Sla.BreachCause.Retarget)
        : (at, Sla.BreachCause.Elapsed);

    private static DateTimeOffset? Due(ClockGoal goal, List<ClockPeriod> periods) =>
        Reaches(periods, goal.Target, goal.NotBefore);

    /// <summary>The first instant, while running, at which so much working time is consumed; null where a pause comes first and lasts.</summary>
    public DateTimeOffset? Reaches(TimeSpan consumed) => Reaches(Periods, consumed, null);

    private static DateTimeOffset? Reaches(
        IReadOnlyList<ClockPeriod> periods,
        TimeSpan consumed,
        DateTimeOffset? notBefore
    )
    {
        var left = consumed;
        for (var i = 0; i < periods.Count; i++)
        {
            var period = periods[i];
            if (period.Paused is not null)
                continue;
            // The last period is open, or was ended by the clock's end: what it would have come to is still its due time.
            var last = i == periods.Count - 1;
            var ran = last ? TimeSpan.MaxValue : period.Counted(period.To!.Value);
            if (ran >= left)
            {
                var reached = left > TimeSpan.Zero ? period.Calendar.Add(period.From, left) : period.From;
                if (notBefore > reached)
                    reached = notBefore.Value;
                if (last || reached < period.To || periods[i + 1].Paused is null && reached == period.To)
                    return reached;
            }
            left = ran < left ? left - ran : TimeSpan.Zero;
        }
        return null;
    }

    /// <summary>Working time spent by then; nothing is spent in pauses, or after the end.</summary>
    public TimeSpan Consumed(DateTimeOffset at) =>
        Periods.Aggregate(TimeSpan.Zero, (sum, period) => sum + period.Counted(at));

    public bool IsOver(DateTimeOffset at) => End is { } end && end.At <= at;

    public bool IsBreached(DateTimeOffset at) => BreachAt <= at;

    public ClockPeriod PeriodAt(DateTimeOffset at) => Periods.LastOrDefault(period => period.From <= at) ?? Periods[0];

    public ClockState State(DateTimeOffset at) =>
        IsBreached(at) ? ClockState.Breached
        : !IsOver(at) ? (PeriodAt(at).Paused is null ? ClockState.Running : ClockState.Paused)
        : End!.Event is ClockEvent.Met ? ClockState.Met
        : ClockState.Cancelled;
}
