using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Domain.Measures;

/// <summary>What was counted in one cell, as sums that can be added up: never an average. What each member means is the family's business.</summary>
internal sealed record Tally
{
    private static readonly Dictionary<int, Bin> NoBins = [];

    /// <summary>Nothing was counted.</summary>
    public static readonly Tally Nothing = new();

    public long N { get; init; }

    public double Sum { get; init; }

    public double SumOfSquares { get; init; }

    /// <summary>Top boxes, promoters, met in time, completed, solved.</summary>
    public long Good { get; init; }

    /// <summary>Detractors, breached.</summary>
    public long Bad { get; init; }

    /// <summary>Open and overdue, not yet told as breached.</summary>
    public long Open { get; init; }

    /// <summary>The points of the ratings' scale; 0 where there is none, <see cref="MixedScales"/> where there are several.</summary>
    public int Scale { get; init; }

    public const int MixedScales = -1;

    /// <summary>Of a <see cref="LogHistogram"/>.</summary>
    public IReadOnlyDictionary<int, Bin> Bins { get; init; } = NoBins;

    public static Tally operator +(Tally a, Tally b) =>
        new()
        {
            N = a.N + b.N,
            Sum = a.Sum + b.Sum,
            SumOfSquares = a.SumOfSquares + b.SumOfSquares,
            Good = a.Good + b.Good,
            Bad = a.Bad + b.Bad,
            Open = a.Open + b.Open,
            Scale =
                a.Scale == b.Scale || b.Scale == 0 ? a.Scale
                : a.Scale == 0 ? b.Scale
                : MixedScales,
            Bins = Merged(a.Bins, b.Bins),
        };

    private static IReadOnlyDictionary<int, Bin> Merged(
        IReadOnlyDictionary<int, Bin> a,
        IReadOnlyDictionary<int, Bin> b
    )
    {
        if (a.Count == 0 || b.Count == 0)
            return a.Count == 0 ? b : a;
        var merged = new Dictionary<int, Bin>(a);
        foreach (var (at, bin) in b)
            merged[at] = merged.GetValueOrDefault(at) + bin;
        return merged;
    }
}
