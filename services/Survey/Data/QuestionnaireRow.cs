namespace CustomerFeedback.Survey.Data;

/// <summary>Where a version stands.</summary>
internal enum VersionState
{
    Draft,
    Published,
    Retired,
}

/// <summary>One version of a questionnaire. A draft may change; what is published is kept as it is by the database itself.</summary>
internal sealed class QuestionnaireRow
{
    public required string Id { get; init; }
    public required int Version { get; init; }
    public VersionState State { get; set; }

    /// <summary>Counts the changes of the questionnaire over all its versions: the ETag.</summary>
    public required int Revision { get; set; }

    /// <summary>The spec as JSON.</summary>
    public required string Body { get; set; }
    public required string ChangedBy { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }
}

/// <summary>Rules of recovery as they held from some moment on.</summary>
internal sealed class RecoveryRulesRow
{
    public required int Version { get; init; }
    public required string Rules { get; init; }
    public required string PutBy { get; init; }
    public required DateTimeOffset PutAt { get; init; }
}

/// <summary>A link that hangs somewhere for everybody: a poster, a menu.</summary>
internal sealed class StoreLinkRow
{
    public required Guid Id { get; init; }
    public required string Store { get; init; }
    public required string QuestionnaireId { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
