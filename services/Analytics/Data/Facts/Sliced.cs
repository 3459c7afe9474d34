namespace CustomerFeedback.Analytics.Data.Facts;

/// <summary>What facts are counted by: the ticket as it stood at the moment that the fact speaks of. Null where nobody knows.</summary>
internal abstract record Sliced
{
    public string? Type { get; init; }
    public string? Category { get; init; }
    public string? Subcategory { get; init; }
    public int? ComplaintLevel { get; init; }
    public string? Urgency { get; init; }
    public bool? Complex { get; init; }
    public string? Channel { get; init; }
    public string? Segment { get; init; }
    public string? ServiceStage { get; init; }
    public string? Product { get; init; }
    public string? Region { get; init; }
    public string? Store { get; init; }
    public string? Team { get; init; }
    public string? Agent { get; init; }
}
