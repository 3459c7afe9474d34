namespace CustomerFeedback.Analytics.Data.Facts;

/// <summary>One row per request and its ticket.</summary>
internal sealed record TicketFact : Sliced
{
    public required string Number { get; init; }
    public Guid? TicketId { get; init; }
    public Guid? RequestId { get; init; }
    public Guid? CustomerId { get; init; }
    public string? CustomerType { get; init; }
    public bool? NewCustomer { get; init; }
    public string? Language { get; init; }

    /// <summary>The company system that brought the request.</summary>
    public string? Source { get; init; }

    /// <summary>Whose token posted it: the row scope of integrations.</summary>
    public string? RecordedBy { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }
    public string? Status { get; init; }
    public int Episode { get; init; }
    public DateTimeOffset? FirstContactAt { get; init; }

    /// <summary>The last resolution; null again from a reopening on.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? Confirmation { get; init; }

    /// <summary>What the handler said of the last resolution.</summary>
    public bool? FirstContactResolution { get; init; }
    public int Reopened { get; init; }
    public int Escalated { get; init; }
    public double? FirstContactSeconds { get; init; }
    public double? ResolutionSeconds { get; init; }
    public bool IsRecovery { get; init; }

    /// <summary>The response that this ticket makes good.</summary>
    public Guid? RecoveryResponseId { get; init; }

    /// <summary>The ticket that the response was about.</summary>
    public string? RecoveryOf { get; init; }
}
