namespace CustomerFeedback.Analytics.Domain.Measures;

/// <summary>Everything that can be asked for.</summary>
internal static class MeasureCatalog
{
    private const string Mean = "mean.";

    private static readonly Dictionary<string, Measure> Fixed = AnswerMeasures
        .All.Concat(WorkMeasures.All)
        .ToDictionary(measure => measure.Id, StringComparer.Ordinal);

    /// <summary>In the order in which people read them.</summary>
    /// <param name="rated">Rated dimensions that answers have told of, beside the built-in ones.</param>
    public static IEnumerable<Measure> All(IEnumerable<string> rated) =>
        AnswerMeasures
            .All.Concat(
                RatedDimension
                    .BuiltIn.Concat(Others(rated).Select(RatedDimension.Of).OfType<RatedDimension>())
                    .Select(AnswerMeasures.MeanOf)
            )
            .Concat(WorkMeasures.All);

    /// <summary>The measure of that word; null when there is none.</summary>
    /// <param name="id">As <c>csat</c>, <c>mean.attitude</c>.</param>
    /// <param name="rated">Rated dimensions that answers have told of.</param>
    public static Measure? Find(string id, IReadOnlySet<string> rated)
    {
        if (Fixed.TryGetValue(id, out var measure))
            return measure;
        if (!id.StartsWith(Mean, StringComparison.Ordinal))
            return null;
        var name = id[Mean.Length..];
        return
            (rated.Contains(name) || RatedDimension.BuiltIn.Any(d => d.Id == name))
            && RatedDimension.Of(name) is { } dimension
            ? AnswerMeasures.MeanOf(dimension)
            : null;
    }

    private static IEnumerable<string> Others(IEnumerable<string> rated) =>
        rated.Except(RatedDimension.BuiltIn.Select(d => d.Id), StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
