namespace CustomerFeedback.Analytics.Domain.Statistics;

/// <summary>
/// Customer satisfaction index, 0..100.
/// <para>The form of the American Customer Satisfaction Index (C. Fornell et al. 1996, Journal of Marketing 60; theacsi.org): each mean is moved to begin at 0, weighted, and stretched to 100.</para>
/// </summary>
internal static class SatisfactionIndex
{
    /// <summary>
    /// One response's index, 100 * sum w_k (x_k - 1) / (s_k - 1) with the weights renormalised over what was answered; the index of a group is the mean
    /// of its responses. Weights are equal unless declared.
    /// </summary>
    /// <param name="answered">Each dimension's score, the points of its scale, and its weight.</param>
    /// <returns>Null when nothing was answered.</returns>
    public static double? OfResponse(IEnumerable<(double Score, int Scale, double Weight)> answered)
    {
        var (sum, weights) = (0.0, 0.0);
        foreach (var (score, scale, weight) in answered)
        {
            sum += weight * (score - 1) / (scale - 1);
            weights += weight;
        }

        return weights > 0 ? 100 * sum / weights : null;
    }

    /// <summary>The ACSI variant: three items on 1..10 (satisfaction, expectancy, ideal), from their means and weights that sum to 1.</summary>
    public static double Acsi(params ReadOnlySpan<(double Mean, double Weight)> items)
    {
        var sum = 0.0;
        foreach (var (mean, weight) in items)
            sum += weight * (mean - 1);
        return sum / 9 * 100;
    }

    /// <summary>How far one answer on a 5-point scale moves the index of a customer who was asked nothing else: the step of its interval.</summary>
    public const double Step = 25;
}
