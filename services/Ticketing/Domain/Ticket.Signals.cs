namespace CustomerFeedback.Ticketing.Domain;

/// <summary>How a ticket was handled in a way that flatters its clocks. A signal accuses nobody: it says where to look.</summary>
internal enum HandlingSignal
{
    /// <summary>The customer had just written, nobody had answered, and the clocks were stopped.</summary>
    PausedAfterCustomerMessage,

    /// <summary>Paused again and again within a short time.</summary>
    StatusPingPong,

    /// <summary>Resolved, and soon after not solved.</summary>
    ReopenedSoon,
}

/// <summary>When a signal is given.</summary>
/// <param name="PauseAfterMessage">A pause so soon after an unanswered message is one.</param>
/// <param name="Pauses">So many pauses within <paramref name="PausesWithin"/> are one.</param>
/// <param name="ReopenedWithin">A reopening so soon after the resolution is one.</param>
internal sealed record Vigilance(
    TimeSpan PauseAfterMessage,
    int Pauses,
    TimeSpan PausesWithin,
    TimeSpan ReopenedWithin
);

/// <content>What is noticed of how it is handled.</content>
internal sealed partial class Ticket
{
    /// <summary>When the customer wrote what nobody has answered yet.</summary>
    public DateTimeOffset? HeardAt { get; private set; }

    /// <summary>The latest pauses, as far as they still count.</summary>
    public DateTimeOffset[] RecentPauses { get; private set; } = [];

    /// <summary>The signals that these happenings give; what later ones depend on is remembered.</summary>
    public IReadOnlyList<HandlingSignal> Watch(
        IEnumerable<Happening> happenings,
        Vigilance vigilance,
        DateTimeOffset at
    ) => [.. happenings.SelectMany(happening => Watch(happening, vigilance, at))];

    private HandlingSignal[] Watch(Happening happening, Vigilance vigilance, DateTimeOffset at)
    {
        switch (happening)
        {
            case Happening.CustomerWrote:
                HeardAt = at;
                return [];
            case Happening.Contacted { Outcome: ContactOutcome.Reached } or Happening.Updated:
                HeardAt = null;
                return [];
            case Happening.Paused:
                return [.. WatchPause(vigilance, at)];
            case Happening.Reopened(_, { } resolvedAt) when at - resolvedAt < vigilance.ReopenedWithin:
                return [HandlingSignal.ReopenedSoon];
            default:
                return [];
        }
    }

    private IEnumerable<HandlingSignal> WatchPause(Vigilance vigilance, DateTimeOffset at)
    {
        if (at - HeardAt <= vigilance.PauseAfterMessage)
            yield return HandlingSignal.PausedAfterCustomerMessage;
        RecentPauses = [.. RecentPauses.Where(pause => at - pause < vigilance.PausesWithin), at];
        if (RecentPauses.Length < vigilance.Pauses)
            yield break;
        // Told once; the next signal takes as many pauses again.
        RecentPauses = [];
        yield return HandlingSignal.StatusPingPong;
    }
}
