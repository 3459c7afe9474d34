namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>Which clocks are meant, and what they are put onto.</summary>
/// <param name="Present">Every policy as it holds now, with its calendar as it holds now.</param>
/// <param name="Policy">Only clocks pinned to this policy; null for any.</param>
/// <param name="Calendar">Only clocks pinned to this calendar; null for any.</param>
internal sealed record RebaseScope(IReadOnlyList<SlaTerms> Present, string? Policy = null, string? Calendar = null)
{
    /// <summary>The present terms of the policy that the clock is pinned to; null where they are not newer, or others are meant.</summary>
    public SlaTerms? Onto(SlaPin pin, ClockName clock)
    {
        if (Policy is not null && Policy != pin.PolicyId || Calendar is not null && Calendar != pin.CalendarId)
            return null;
        var present = Present.FirstOrDefault(terms => terms.Pin.PolicyId == pin.PolicyId)?.Of(clock);
        // Never back to an older version: a newer one may have been published since these terms were read.
        return
            present is not null
            && (pin.PolicyVersion, pin.CalendarVersion).CompareTo(
                (present.Pin.PolicyVersion, present.Pin.CalendarVersion)
            ) < 0
            ? present
            : null;
    }
}

/// <summary>What a rebase makes of a clock.</summary>
internal enum RebaseOutcome
{
    /// <summary>It runs on, under the present versions.</summary>
    Retargeted,

    /// <summary>It is over the new target already: breached at the moment of the change.</summary>
    Breached,

    /// <summary>The present version promises nothing of the kind.</summary>
    Cancelled,
}

/// <summary>One clock, right before and right after.</summary>
internal sealed record RebasedClock(SlaClock Clock, ClockReading Before, ClockReading After)
{
    public RebaseOutcome Outcome =>
        After.State switch
        {
            ClockState.Cancelled => RebaseOutcome.Cancelled,
            ClockState.Breached => RebaseOutcome.Breached,
            ClockState.Running or ClockState.Paused or ClockState.Met => RebaseOutcome.Retargeted,
        };
}

/// <summary>What a rebase makes of a ticket's clocks: by the engine, whether or not it is stored afterwards.</summary>
/// <param name="Changes">To be announced; time may have brought about others than those of the rebase.</param>
internal sealed record Rebase(IReadOnlyList<RebasedClock> Clocks, IReadOnlyList<ClockChange> Changes)
{
    public static Rebase Of(ClockBook book, RebaseScope scope, SlaFacts facts, string by, DateTimeOffset at)
    {
        var before = book
            .Clocks.Where(clock => clock.IsOpen && !clock.IsJudged && scope.Onto(clock.Pin, clock.Name) is not null)
            .Select(clock => (clock, entries: clock.Entries.Count, reading: ClockReading.Of(clock, at)))
            .ToList();
        if (before.Count == 0)
            return new([], []);
        var changes = book.Apply(new ClockMove.Rebased(scope) { By = by }, facts, null, at);
        // What ran out before was judged on the way, and a form's clock is left alone: neither has a new line.
        return new(
            [
                .. before
                    .Where(one => one.clock.Entries.Count > one.entries)
                    .Select(one => new RebasedClock(one.clock, one.reading, ClockReading.Of(one.clock, at))),
            ],
            changes
        );
    }
}
