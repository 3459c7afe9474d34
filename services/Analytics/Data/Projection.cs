namespace CustomerFeedback.Analytics.Data;

/// <summary>How far the facts and rollups have come: one row, written in the transaction of every batch.</summary>
internal sealed class Projection
{
    public int Id { get; init; }

    /// <summary>The last event in them.</summary>
    public long Seq { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset AsOf { get; init; }
}
