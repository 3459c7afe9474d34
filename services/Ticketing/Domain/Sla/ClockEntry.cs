using System.Text.Json.Serialization;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>What can befall a clock.</summary>
internal enum ClockEvent
{
    Started,
    Paused,
    Resumed,
    Retargeted,
    Acknowledged,
    Met,
    Cancelled,
}

/// <summary>
/// One line of a clock's history: the truth that everything else about it is derived from. Lines stand in order of
/// event time; one that becomes known late is put where it belongs. A clock notes every pause of its ticket: whether it
/// stood still is for its policy to say.
/// </summary>
/// <param name="Because">For people: the event that caused it, as <c>request received</c>.</param>
internal sealed record ClockEntry(DateTimeOffset At, ClockEvent Event, string Because)
{
    /// <summary>Started, retargeted: the versions that hold from here on.</summary>
    public SlaPin? Pin { get; init; }

    /// <summary>Started, retargeted: what the clock is held to from here on.</summary>
    public ClockGoal? Goal { get; init; }

    /// <summary>Started, where the ticket became one of its kind later: it is not due, and warns of nothing, before this instant.</summary>
    public DateTimeOffset? AttachedAt { get; init; }

    /// <summary>Started by an update that announced when the next one comes.</summary>
    public DateTimeOffset? Estimate { get; init; }

    /// <summary>Paused.</summary>
    public PauseReason? Reason { get; init; }

    /// <summary>Cancelled: a stable word, as <c>reopened</c>.</summary>
    public string? Word { get; init; }

    public ClockMark? Mark { get; init; }

    /// <summary>The versions behind <see cref="Pin"/>; found again by it when a clock is loaded.</summary>
    [JsonIgnore]
    public SlaTerms? Terms { get; init; }
}
