namespace CustomerFeedback.Analytics.Data.Facts;

/// <summary>One row per invitation that was sent or suppressed.</summary>
internal sealed record InvitationFact : Sliced
{
    public required Guid InvitationId { get; init; }

    /// <summary>The thread of events that it was told in (see <c>events.thread</c>).</summary>
    public required string Thread { get; init; }
    public string? Number { get; init; }
    public int? Episode { get; init; }
    public string? Questionnaire { get; init; }
    public Guid? CustomerId { get; init; }

    /// <summary>Where the customer was told the link; <see cref="Sliced.Channel"/> is the ticket's.</summary>
    public string? SentBy { get; init; }

    /// <summary><c>sent</c>, <c>opened</c>, <c>started</c>, <c>completed</c>, <c>cancelled</c> or <c>suppressed</c>.</summary>
    public required string State { get; init; }
    public string? Reason { get; init; }

    /// <summary>When it was sent, or was not.</summary>
    public DateTimeOffset? InvitedAt { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
}
