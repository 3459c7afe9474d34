namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>The product's clock table: which clocks such a ticket has, since when, and what has already met them.</summary>
internal static class ClockRules
{
    /// <summary>
    /// Clocks that a ticket may have from the first moment, and that a change of facts may bring about late. Progress is not among them: it restarts
    /// at updates, not by kind.
    /// </summary>
    public static IReadOnlyList<ClockName> Attachable { get; } =
    [
        ClockName.FirstContact,
        ClockName.EmergencyMobilisation,
        ClockName.SolutionPlan,
        ClockName.ComplaintResponse,
        ClockName.Resolution,
        ClockName.ComplaintFollowUp,
        ClockName.FeedbackFollowUp,
    ];

    /// <summary>What a resolution meets though it was not done itself.</summary>
    public static IReadOnlyList<ClockName> MetByResolution { get; } =
    [
        ClockName.FirstContact,
        ClockName.ComplaintResponse,
        ClockName.SolutionPlan,
        ClockName.EmergencyMobilisation,
        ClockName.FeedbackFollowUp,
    ];

    /// <summary>What a reopening ends: it was about the resolution that did not hold.</summary>
    public static IReadOnlyList<ClockName> CancelledByReopening { get; } =
    [ClockName.SurveyDispatch, ClockName.ComplaintFollowUp];

    /// <summary>The ticket is of the kind that has this clock.</summary>
    public static bool Applies(ClockName clock, SlaFacts facts) =>
        clock switch
        {
            ClockName.ComplaintResponse or ClockName.ComplaintFollowUp => facts.Category is Category.Complaint,
            ClockName.EmergencyMobilisation => facts.Category is Category.EmergencySupport,
            ClockName.SolutionPlan => facts.Complex,
            ClockName.FeedbackFollowUp => facts.IsFeedback,
            ClockName.FirstContact
            or ClockName.ProgressUpdate
            or ClockName.Collaboration
            or ClockName.Resolution
            or ClockName.SurveyDispatch => true,
        };

    /// <summary>Since when the clock runs in this episode; null where it does not, or not yet.</summary>
    public static DateTimeOffset? Since(ClockName clock, SlaFacts facts) =>
        !Applies(clock, facts)
            ? null
            : clock switch
            {
                ClockName.FirstContact or ClockName.EmergencyMobilisation or ClockName.FeedbackFollowUp => facts.Episode
                == 1
                    ? facts.EpisodeStartedAt
                    : null,
                ClockName.ComplaintResponse or ClockName.Resolution => facts.EpisodeStartedAt,
                // At receipt only where the ticket was complex then; who marks it later counts from the first contact.
                ClockName.SolutionPlan => facts.FirstContactAt is { } contact && contact > facts.EpisodeStartedAt
                    ? contact
                : facts.FirstContactAt is null ? null
                : facts.EpisodeStartedAt,
                ClockName.ComplaintFollowUp => facts.ResolvedAt,
                ClockName.ProgressUpdate or ClockName.Collaboration or ClockName.SurveyDispatch => null,
            };

    /// <summary>What the clock waits for, where that has already happened in this episode.</summary>
    public static DateTimeOffset? DoneAt(ClockName clock, SlaFacts facts) =>
        clock switch
        {
            ClockName.FirstContact => facts.FirstContactAt,
            ClockName.ComplaintResponse when facts.OpinionAt >= facts.EpisodeStartedAt => facts.OpinionAt,
            ClockName.SolutionPlan when facts.PlanAt >= facts.EpisodeStartedAt => facts.PlanAt,
            ClockName.Resolution => facts.ResolvedAt,
            ClockName.EmergencyMobilisation => facts.MobilisedAt,
            ClockName.FeedbackFollowUp => facts.AnsweredAt,
            _ => null,
        };
}
