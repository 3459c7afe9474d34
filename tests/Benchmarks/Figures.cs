namespace CustomerFeedback.Benchmarks;

/// <summary>How figures are put together and printed: rounds alternate what is compared, medians are shown.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <param name="sorted">Ascending.</param>
    /// <param name="share">0..1, as 0.99.</param>
    public static double Percentile(double[] sorted, double share) =>
        sorted.Length == 0
            ? double.NaN
            : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];

    public static void Title(string title) => Console.WriteLine($"\n{title}");

    public static void Print(string what, string value, string? against = null) =>
        Console.WriteLine(against is null ? $"  {what, -46} {value}" : $"  {what, -46} {value, -26} {against}");
}
