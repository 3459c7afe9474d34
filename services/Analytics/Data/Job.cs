namespace CustomerFeedback.Analytics.Data;

/// <summary>Long work that somebody asked for: <c>/v1/jobs/an-...</c>.</summary>
internal sealed class Job
{
    public required string Id { get; init; }

    /// <summary><c>rebuild</c> or <c>resend</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public required string State { get; set; }
    public required string RequestedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; set; }

    /// <summary>What was asked for, as JSON, where the kind does not say it all.</summary>
    public string? Input { get; init; }

    /// <summary>What came of it, as JSON.</summary>
    public string? Result { get; set; }
    public string? Error { get; set; }
}
