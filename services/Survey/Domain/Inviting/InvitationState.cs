namespace CustomerFeedback.Survey.Domain.Inviting;

/// <summary>Where an invitation stands. Expired is a reading of the clock, not a state that is stored.</summary>
internal enum InvitationState
{
    Queued,
    Sent,
    Opened,
    Completed,
    Expired,
    Cancelled,
    Suppressed,
}
