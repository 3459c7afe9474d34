using CustomerFeedback.Contracts;

namespace CustomerFeedback.Analytics.Features.Loops;

/// <summary>The whole story of a request, from being received to what its survey brought about. No address, no name but masked, no free text.</summary>
/// <param name="Resolution">The last one; null again while the ticket is reopened.</param>
/// <param name="Response">The last one.</param>
/// <param name="Recovery">What the response gave rise to.</param>
/// <param name="RecoveryOf">The request whose survey gave rise to this one.</param>
internal sealed record LoopView(
    string Number,
    LoopRequest? Request,
    LoopTicket? Ticket,
    IReadOnlyList<LoopClock> Clocks,
    IReadOnlyList<LoopContact> Contacts,
    LoopResolution? Resolution,
    LoopConfirmation? Confirmation,
    IReadOnlyList<LoopInvitation> Invitations,
    LoopResponse? Response,
    LoopRecovery? Recovery,
    string? RecoveryOf,
    IReadOnlyList<object> Plans
);

internal sealed record LoopRequest(
    Guid Id,
    string Source,
    string? ExternalId,
    Channel Channel,
    RequestType Type,
    Urgency Urgency,
    string Language,
    string? Product,
    string? Region,
    string? Store,
    LoopCustomer Customer,
    IReadOnlyList<LoopPromise> Promises,
    DateTimeOffset ReceivedAt,
    DateTimeOffset RecordedAt
);

internal sealed record LoopCustomer(Guid Id, Segment Segment, string? Name, string? Phone);

internal sealed record LoopPromise(SlaClockName Clock, DateTimeOffset DueAt);

internal sealed record LoopTicket(
    Guid? Id,
    string? Status,
    string? Type,
    string? Category,
    string? Subcategory,
    int? ComplaintLevel,
    string? Urgency,
    string? Team,
    string? Assignee,
    int Episode,
    int Reopened,
    int Escalated,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? FirstContactAt,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? ClosedAt
);

internal sealed record LoopClock(
    Guid Instance,
    string Clock,
    int Episode,
    string State,
    DateTimeOffset? StartedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? MetAt,
    TimeSpan Target,
    TimeSpan Consumed,
    bool Breached,
    DateTimeOffset? BreachedAt,
    string? BreachCause,
    string? CancelReason,
    IReadOnlyList<string> Marks
);

internal sealed record LoopContact(DateTimeOffset At, Channel Channel, string Outcome, bool FirstContact, string By);

internal sealed record LoopResolution(
    DateTimeOffset At,
    int Episode,
    bool FirstContactResolution,
    string? Team,
    string? Assignee
);

internal sealed record LoopConfirmation(Confirmation Confirmation, int Episode, DateTimeOffset At);

internal sealed record LoopInvitation(
    Guid Id,
    string? Questionnaire,
    int? Episode,
    string State,
    string? Reason,
    string? Channel,
    DateTimeOffset? InvitedAt,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? ExpiresAt
);

internal sealed record LoopResponse(
    Guid Id,
    string Questionnaire,
    int QuestionnaireVersion,
    string Mode,
    string Language,
    double? Overall,
    int? OverallScale,
    int? Nps,
    int? Ces,
    bool? Solved,
    double? Csi,
    IReadOnlyDictionary<string, double> Scores,
    IReadOnlyList<string> Flags,
    DateTimeOffset SubmittedAt
);

/// <param name="Number">The request that came of it; null until it is there.</param>
internal sealed record LoopRecovery(
    Guid ResponseId,
    string Department,
    IReadOnlyList<string> Reasons,
    string RuleId,
    DateTimeOffset RequestedAt,
    string? Number,
    string? Status
);
