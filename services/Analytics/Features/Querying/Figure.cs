using CustomerFeedback.Analytics.Domain.Measures;
using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Features.Querying;

/// <summary>A number with all that makes it honest.</summary>
/// <param name="Value">Null where nothing was counted, or where it is hidden.</param>
/// <param name="N">How many were counted; null where hidden.</param>
/// <param name="Low">Where the 95 % interval begins; null where there is none.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Definition">What the number means: an entry of the catalogue, with its version.</param>
/// <param name="Suppressed">Why it is hidden: <c>below_threshold</c>.</param>
internal record Figure(double? Value, long? N, double? Low, double? High, string Definition, string? Suppressed)
{
    public const string BelowThreshold = "below_threshold";

    public static Figure Of(Measure measure, Tally tally, bool isHidden)
    {
        if (isHidden)
            return new(null, null, null, null, measure.Definition, BelowThreshold);
        var reading = measure.Read(tally);
        return new(
            Rounded(reading.Value),
            reading.N,
            Rounded(reading.Interval?.Low),
            Rounded(reading.Interval?.High),
            measure.Definition,
            Suppressed: null
        );
    }

    // Six digits behind the point are more than any of these numbers knows; the rest is noise of the arithmetic.
    public static double? Rounded(double? value) => value is { } number ? Math.Round(number, 6) : null;
}

/// <summary>The number that another is set against.</summary>
internal sealed record Earlier(double? Value, long? N, double? Low, double? High, string? Suppressed);

/// <summary>What speaks for a change being more than chance.</summary>
/// <param name="P">How often chance alone gives as much, two-sided.</param>
/// <param name="Significant">True below 0.05.</param>
/// <param name="Low">Where the 95 % interval of the difference begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Test">Its name.</param>
internal sealed record Significance(double P, bool Significant, double Low, double High, string Test);

/// <summary>A number beside its earlier self.</summary>
/// <param name="Before">Of the period compared with.</param>
/// <param name="Difference">This value minus that one.</param>
/// <param name="Significance">Null for counts and times, and where one side is missing.</param>
internal sealed record ComparedFigure(
    double? Value,
    long? N,
    double? Low,
    double? High,
    string Definition,
    string? Suppressed,
    Earlier Before,
    double? Difference,
    Significance? Significance
) : Figure(Value, N, Low, High, Definition, Suppressed)
{
    public static ComparedFigure Of(Measure measure, Figure now, Tally tally, Figure before, Tally earlier)
    {
        var isWhole = now.Suppressed is null && before.Suppressed is null;
        return new(
            now.Value,
            now.N,
            now.Low,
            now.High,
            now.Definition,
            now.Suppressed,
            new(before.Value, before.N, before.Low, before.High, before.Suppressed),
            isWhole ? Rounded(now.Value - before.Value) : null,
            isWhole && measure.Compare?.Invoke(tally, earlier) is { } change ? Told(change) : null
        );
    }

    private static Significance Told(Difference change) =>
        new(
            Math.Round(change.P, 6),
            change.IsSignificant,
            Math.Round(change.Interval.Low, 6),
            Math.Round(change.Interval.High, 6),
            change.Method
        );
}
