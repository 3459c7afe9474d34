namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>
/// What the clocks need to know of a ticket, <b>as it stands after the command</b>: what policies match on, what targets depend
/// on, and what has already happened in the current episode (for a clock that is attached late).
/// </summary>
internal sealed record SlaFacts
{
    public required RequestType Type { get; init; }
    public required Category Category { get; init; }
    public int? ComplaintLevel { get; init; }
    public required Urgency Urgency { get; init; }
    public required Segment Segment { get; init; }
    public required Channel Channel { get; init; }

    /// <summary>Null at intake: a policy that names a team matches only once the ticket has one.</summary>
    public string? Team { get; init; }
    public bool Complex { get; init; }

    /// <summary>It came from a survey, or is a suggestion: the responsible department owes an answer.</summary>
    public bool IsFeedback => Channel is Channel.Survey || Type is RequestType.Suggestion;

    /// <summary>Who holds the ticket: kept on a clock when it ends.</summary>
    public string? Assignee { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Episode { get; init; }

    /// <summary>Episode 1: when the customer spoke (<c>receivedAt</c>); later ones: the reopening instant.</summary>
    public required DateTimeOffset EpisodeStartedAt { get; init; }

    /// <summary>When a human first reached the customer, in whichever episode.</summary>
    public DateTimeOffset? FirstContactAt { get; init; }

    /// <summary>The first handling opinion of this episode.</summary>
    public DateTimeOffset? OpinionAt { get; init; }

    /// <summary>The first plan of this episode.</summary>
    public DateTimeOffset? PlanAt { get; init; }

    /// <summary>Of feedback: when it was first answered, in whichever way. Known where facts change; nothing else asks.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When people were gathered for an emergency.</summary>
    public DateTimeOffset? MobilisedAt { get; init; }

    /// <summary>When this episode was resolved; null again after a reopening.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>What the ticket waits for now; null when it does not wait (a resolved ticket does not).</summary>
    public PauseReason? Waiting { get; init; }
}
