namespace CustomerFeedback.Survey.Domain.FollowingUp;

/// <summary>Where a follow-up stands.</summary>
internal enum FollowUpState
{
    Open,
    Completed,
    Cancelled,
}

/// <summary>How a call ended.</summary>
internal enum FollowUpOutcome
{
    Complete,
    Partial,
    Refused,
    NoContact,
    CallBack,
    WrongNumber,
}

/// <summary>What a call means for its task.</summary>
internal static class AttemptRules
{
    /// <summary>The task is over with this call.</summary>
    /// <param name="outcome">How the call ended.</param>
    /// <param name="attempts">How many there were, this one included.</param>
    /// <param name="most">So many calls that nobody answered are enough.</param>
    public static bool Ends(FollowUpOutcome outcome, int attempts, int most) =>
        outcome switch
        {
            FollowUpOutcome.Complete
            or FollowUpOutcome.Partial
            or FollowUpOutcome.Refused
            or FollowUpOutcome.WrongNumber => true,
            FollowUpOutcome.NoContact => attempts >= most,
            // Whoever asks to be called another time is called another time.
            FollowUpOutcome.CallBack => false,
        };

    /// <summary>The customer was asked: there are answers, or may yet be keyed in.</summary>
    public static bool HasAnswers(FollowUpOutcome? outcome) =>
        outcome is FollowUpOutcome.Complete or FollowUpOutcome.Partial;
}
