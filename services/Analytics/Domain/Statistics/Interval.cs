namespace CustomerFeedback.Analytics.Domain.Statistics;

/// <summary>The range in which the true value lies with 95 % confidence, in the unit of the value.</summary>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>The standard normal quantile that leaves 2.5 % on either side.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>Cut off where the scale ends: no share is above 1, no NPS below -100.</summary>
    public Interval Within(double least, double most) =>
        new(Math.Clamp(Low, least, most), Math.Clamp(High, least, most));

    public Interval Times(double factor) => new(Low * factor, High * factor);
}

/// <summary>What a test of a difference says: the difference with its interval, and how often chance alone would give as much.</summary>
/// <param name="Value">The difference that was tested.</param>
/// <param name="Interval">95 % of the difference.</param>
/// <param name="StandardError">Of the difference; null where the method has none of its own.</param>
/// <param name="Statistic">z or t; null where it is not defined.</param>
/// <param name="P">Two-sided.</param>
/// <param name="Method">The test's name.</param>
internal sealed record Difference(
    double Value,
    Interval Interval,
    double? StandardError,
    double? Statistic,
    double P,
    string Method
)
{
    public bool IsSignificant => P < 0.05;
}
