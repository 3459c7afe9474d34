namespace CustomerFeedback.Analytics.Data.Facts;

/// <summary>One row per clock instance, counted by what the ticket was when the clock started.</summary>
internal sealed record ClockFact : Sliced
{
    public required Guid Instance { get; init; }
    public required string Number { get; init; }
    public required string Clock { get; init; }
    public int Episode { get; init; }
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The last known due time: it stays when the clock is paused or has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public double TargetSeconds { get; init; }
    public double ConsumedSeconds { get; init; }

    /// <summary>When it was met or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? MetAt { get; init; }

    /// <summary><c>running</c>, <c>paused</c>, <c>met</c>, <c>breached</c> or <c>cancelled</c>; a clock met late is <c>met</c> and <see cref="Breached"/>.</summary>
    public required string State { get; init; }
    public bool Breached { get; init; }
    public string? BreachCause { get; init; }
    public DateTimeOffset? BreachedAt { get; init; }
    public string? CancelReason { get; init; }
    public string[] Marks { get; init; } = [];
}
