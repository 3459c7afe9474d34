namespace CustomerFeedback.Analytics.Domain.Statistics;

/// <summary>Who counts as satisfied: 4 and 5 of 5 points, 8 to 10 of 10 points.</summary>
internal static class TopBox
{
    /// <summary>The least rating that does.</summary>
    public static int From(int scale) => scale >= 10 ? scale - 2 : scale - 1;
}
