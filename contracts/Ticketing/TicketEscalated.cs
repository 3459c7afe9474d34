namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A step of a clock's escalation ladder fired, once per clock instance and step.</summary>
/// <param name="Step">The step's stable key within the ladder, as <c>at:1</c> or <c>after:PT30M</c>.</param>
/// <param name="Recipient">The agent who was told, where one could be named.</param>
/// <param name="DueAt">When the step was due; <paramref name="OccurredAt"/> is when it fired.</param>
/// <param name="NotifyFrom">The recipient has quiet hours until then; null: tell at once.</param>
/// <param name="Action">
/// What it does besides telling; null from a version that did not tell. Whether that came about is told by <c>TicketAssigned</c> and <c>TicketClassified</c>.
/// </param>
public sealed record TicketEscalated(
    Guid TicketId,
    string Number,
    int Version,
    SlaClockFacts Clock,
    string Step,
    EscalationTarget To,
    string? Recipient,
    DateTimeOffset DueAt,
    DateTimeOffset OccurredAt,
    DateTimeOffset? NotifyFrom = null,
    EscalationAction? Action = null
);
