namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>Something that happened to a ticket, as its timeline or a scenario tells it: what clocks are played again from.</summary>
internal abstract record PastEvent(DateTimeOffset At)
{
    /// <summary>The first one: the ticket as it was opened.</summary>
    public sealed record Opened(DateTimeOffset At, SlaFacts Facts) : PastEvent(At);

    /// <summary>Another team or person has it. No clock moves by that; what starts later is matched with it.</summary>
    public sealed record HandedOver(DateTimeOffset At, string? Team, string? Assignee) : PastEvent(At);

    public sealed record Reclassified(DateTimeOffset At, string? By, IReadOnlyList<Override> Changes) : PastEvent(At);

    public sealed record Moved(DateTimeOffset At, ClockMove Move) : PastEvent(At);
}
