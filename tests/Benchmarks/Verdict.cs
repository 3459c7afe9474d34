namespace CustomerFeedback.Benchmarks;

/// <summary>What a figure must reach and what it should: at least (ratios, rates) or at most (times, sizes).</summary>
internal readonly record struct Verdict(double Must, double? Aim, bool AtLeast)
{
    public static Verdict Least(double must, double? aim = null) => new(must, aim, AtLeast: true);

    public static Verdict Most(double must, double? aim = null) => new(must, aim, AtLeast: false);

    public string Of(double figure)
    {
        var word =
            Aim is { } aim && Holds(figure, aim) ? "reaches the aim"
            : Holds(figure, Must) ? "holds"
            : "MISSED";
        var bound = AtLeast ? ">=" : "<=";
        return Aim is null
            ? $"{word} (must {bound} {Must:0.##})"
            : $"{word} (must {bound} {Must:0.##}, aim {Aim:0.##})";
    }

    private bool Holds(double figure, double bound) => AtLeast ? figure >= bound : figure <= bound;
}
