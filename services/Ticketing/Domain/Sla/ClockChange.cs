namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>Something that came over a clock: one event, one line in the timeline.</summary>
/// <param name="Clock">The instance; it may have moved on since.</param>
/// <param name="Reading">How the clock stood right after this change.</param>
internal abstract record ClockChange(SlaClock Clock, ClockReading Reading)
{
    public sealed record Started(SlaClock Clock, ClockReading Reading) : ClockChange(Clock, Reading);

    public sealed record Paused(SlaClock Clock, ClockReading Reading, PauseReason Reason) : ClockChange(Clock, Reading);

    public sealed record Resumed(SlaClock Clock, ClockReading Reading) : ClockChange(Clock, Reading);

    public sealed record Retargeted(SlaClock Clock, ClockReading Reading, TimeSpan PreviousTarget)
        : ClockChange(Clock, Reading);

    /// <summary>What it waited for has happened, in time or late.</summary>
    /// <param name="IsCorrection">A recorded breach is withdrawn by this: what happened in time became known late.</param>
    public sealed record Met(SlaClock Clock, ClockReading Reading, DateTimeOffset MetAt, bool IsCorrection)
        : ClockChange(Clock, Reading);

    public sealed record Breached(SlaClock Clock, ClockReading Reading, DateTimeOffset BreachedAt, BreachCause Cause)
        : ClockChange(Clock, Reading);

    /// <summary>Ended without a verdict; a clock that was breached before stays so.</summary>
    /// <param name="Reason">A stable word: <c>reopened</c>, <c>no_target</c>, <c>not_applicable</c>, <c>merged</c>, <c>spam</c>, <c>duplicate</c>.</param>
    public sealed record Cancelled(SlaClock Clock, ClockReading Reading, string Reason) : ClockChange(Clock, Reading);

    /// <summary>A share of the target is spent.</summary>
    /// <param name="Key">The step's unique key in the instance.</param>
    public sealed record WarningReached(
        SlaClock Clock,
        ClockReading Reading,
        string Key,
        double Share,
        DateTimeOffset ReachedAt
    ) : ClockChange(Clock, Reading);

    /// <summary>Its ladder is climbed no further.</summary>
    public sealed record Acknowledged(SlaClock Clock, ClockReading Reading) : ClockChange(Clock, Reading);

    /// <summary>A step of the ladder. Who that is by name, the caller knows.</summary>
    public sealed record StepFired(
        SlaClock Clock,
        ClockReading Reading,
        string Step,
        EscalationTarget To,
        DateTimeOffset DueAt
    ) : ClockChange(Clock, Reading)
    {
        public EscalationAction Action { get; init; }

        /// <summary>It does more than tell.</summary>
        public bool Acts => Action is not EscalationAction.Notify;
    }
}
