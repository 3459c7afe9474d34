namespace CustomerFeedback.Analytics.Domain.Statistics;

/// <summary>
/// Small cells of people's answers are not shown, and neither is a cell that would give one away: where exactly one cell of a margin (the cells that
/// differ in one coordinate and add up to a total that can be asked for) is hidden, the next smallest is hidden too.
/// <para>Complementary cell suppression: A. Hundepool et al. (2012), Statistical Disclosure Control, chapter 4; here the simple form, margin by margin until nothing changes.</para>
/// </summary>
internal static class Anonymity
{
    /// <summary>The least that the threshold may be set to.</summary>
    public const int Least = 3;

    /// <summary>Which cells are hidden.</summary>
    /// <param name="cells">Where each cell stands (one coordinate per dimension, the period last) and how many answered there.</param>
    /// <param name="threshold">Cells with at least one and fewer than so many answers are hidden.</param>
    public static IReadOnlySet<int> Hidden(IReadOnlyList<(IReadOnlyList<string?> At, long N)> cells, int threshold)
    {
        var hidden = new HashSet<int>();
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].N > 0 && cells[i].N < threshold)
                hidden.Add(i);
        }

        if (hidden.Count == 0)
            return hidden;
        var margins = Margins(cells);
        bool found;
        do
        {
            found = false;
            foreach (var margin in margins)
            {
                if (margin.Count(hidden.Contains) != 1)
                    continue;
                var shown = margin.Where(i => cells[i].N > 0 && !hidden.Contains(i)).ToList();
                if (shown.Count == 0)
                    continue;
                hidden.Add(shown.MinBy(i => cells[i].N));
                found = true;
            }
        } while (found);

        return hidden;
    }

    private static List<List<int>> Margins(IReadOnlyList<(IReadOnlyList<string?> At, long N)> cells)
    {
        var axes = cells[0].At.Count;
        return
        [
            .. Enumerable
                .Range(0, axes)
                .SelectMany(axis =>
                    Enumerable
                        .Range(0, cells.Count)
                        .GroupBy(i => string.Join('\u001f', Others(cells[i].At, axis)), StringComparer.Ordinal)
                        .Select(group => group.ToList())
                )
                .Where(margin => margin.Count > 1),
        ];
    }

    // Coordinates are texts of ours and of customers' systems: a null is told from an empty one, a separator never occurs in either.
    private static IEnumerable<string> Others(IReadOnlyList<string?> at, int axis) =>
        at.Where((_, i) => i != axis).Select(value => value is null ? "\u0000" : value);
}
