namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>One clock instance, as it stands after the event.</summary>
/// <param name="Instance">The clock instance: one row in every count of attainment.</param>
/// <param name="Consumed">Working time spent, pauses excluded.</param>
/// <param name="DueAt">Null while paused or ended.</param>
/// <param name="Marks">As <c>by_resolution</c>, <c>late_classification</c>.</param>
public sealed record SlaClockFacts(
    Guid Instance,
    SlaClockName Clock,
    int Episode,
    string PolicyId,
    int PolicyVersion,
    string CalendarId,
    int CalendarVersion,
    TimeSpan Target,
    TimeSpan Consumed,
    DateTimeOffset? DueAt,
    bool Breached,
    IReadOnlyList<string> Marks,
    string? Team,
    string? Assignee
);
