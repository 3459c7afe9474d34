namespace CustomerFeedback.Analytics.Data;

/// <summary>A mergeable sum: how many observations of a measure fell into a bin, their sum and the sum of their squares.</summary>
internal sealed record RollupRow
{
    /// <summary>Empty for the total, or the dimension's name, as <c>channel</c>.</summary>
    public required string View { get; init; }

    /// <summary><c>day</c>, <c>month</c> or <c>all</c>.</summary>
    public required string Grain { get; init; }
    public required string Measure { get; init; }

    /// <summary>The first day of the bucket, in the company's zone; 0001-01-01 for <c>all</c>.</summary>
    public DateOnly Bucket { get; init; }

    /// <summary>The dimension's value; empty where nobody knows it, and for the total.</summary>
    public required string Key { get; init; }
    public int Bin { get; init; }
    public long N { get; init; }
    public decimal Sum { get; init; }
    public decimal SumSq { get; init; }
}
