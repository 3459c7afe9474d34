namespace CustomerFeedback.Analytics.Data.Facts;

/// <summary>One row per survey response.</summary>
internal sealed record ResponseFact : Sliced
{
    public required Guid ResponseId { get; init; }
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The thread of events that it was told in (see <c>events.thread</c>).</summary>
    public required string Thread { get; init; }
    public Guid? InvitationId { get; init; }
    public required string Questionnaire { get; init; }
    public int QuestionnaireVersion { get; init; }
    public string? Number { get; init; }
    public int? Episode { get; init; }
    public Guid? CustomerId { get; init; }
    public required string Mode { get; init; }
    public required string Language { get; init; }
    public int? DurationSeconds { get; init; }
    public string[] Flags { get; init; } = [];
    public bool Pilot { get; init; }
    public bool Complete { get; init; }

    /// <summary>True: it enters the numbers (no pilot, no duplicate).</summary>
    public bool Counted { get; init; }

    /// <summary>The overall rating on its own scale.</summary>
    public double? Overall { get; init; }
    public int? OverallScale { get; init; }
    public int? Nps { get; init; }
    public int? Ces { get; init; }
    public bool? Solved { get; init; }

    /// <summary>0 to 100: the answered dimensions, each on its own scale, with equal weights.</summary>
    public double? Csi { get; init; }
}

/// <summary>What one dimension got in one response: the mean of its ratings, N/A left out.</summary>
internal sealed record ResponseScore
{
    public required Guid ResponseId { get; init; }
    public DateTimeOffset SubmittedAt { get; init; }
    public required string Dimension { get; init; }
    public double Score { get; init; }
    public int Scale { get; init; }
}
