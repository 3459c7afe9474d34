namespace CustomerFeedback.Intake.Data;

/// <summary>One version of the classification rules; the highest is in force.</summary>
internal sealed class ClassificationRulesRow
{
    public required int Version { get; init; }
    public required string Rules { get; init; }
    public required string PutBy { get; init; }
    public required DateTimeOffset PutAt { get; init; }
}

/// <summary>A copy of one version of a policy that Ticketing published; the highest is in force.</summary>
internal sealed class SlaPolicyRow
{
    public required string PolicyId { get; init; }
    public required int Version { get; init; }
    public required string Policy { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
}

/// <summary>A copy of one version of a calendar that Ticketing published; the highest is in force.</summary>
internal sealed class SlaCalendarRow
{
    public required string CalendarId { get; init; }
    public required int Version { get; init; }
    public required string Calendar { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
}

/// <summary>
/// One row whose revision rises with every new version of rules, policies and calendars: each batch of requests reads it
/// with its look-ups, so every replica decides by what is in force without asking the larger tables.
/// </summary>
internal sealed class RuleBookRow
{
    public required int Id { get; init; }
    public required long Revision { get; init; }
}
