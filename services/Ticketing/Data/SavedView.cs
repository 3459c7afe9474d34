namespace CustomerFeedback.Ticketing.Data;

/// <summary>A list of tickets that somebody looks at again and again: a name for filters.</summary>
internal sealed class SavedView
{
    /// <summary>How many somebody keeps.</summary>
    public const int Most = 50;

    public required Guid Id { get; init; }

    /// <summary>The <c>sub</c> of who made it: only they change it.</summary>
    public required string Owner { get; init; }
    public required string Name { get; set; }

    /// <summary>Everybody who handles tickets finds it; what they see through it is theirs.</summary>
    public bool Shared { get; set; }

    /// <summary>JSON: the query of the list, by parameter.</summary>
    public required string Filters { get; set; }
    public int Version { get; set; }
}
