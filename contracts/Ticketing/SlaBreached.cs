namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>The target is spent and what was promised has not happened. Final: a breached clock stays breached.</summary>
/// <param name="BreachedAt">The due instant, or the moment of the change for <c>retarget</c>.</param>
/// <param name="NotifyFrom">Who holds the ticket has quiet hours until then; null: tell at once.</param>
public sealed record SlaBreached(
    Guid TicketId,
    string Number,
    int Version,
    SlaClockFacts Clock,
    BreachCause Cause,
    DateTimeOffset BreachedAt,
    DateTimeOffset OccurredAt,
    DateTimeOffset? NotifyFrom = null
);
