using CustomerFeedback.Analytics.Domain.Measures;
using NodaTime;

namespace CustomerFeedback.Analytics.Domain.Asking;

/// <summary>Where a number stands: one value per dimension of the question (null: not known), and the period's first day.</summary>
internal sealed class Place(IReadOnlyList<string?> values, LocalDate? period) : IEquatable<Place>
{
    public IReadOnlyList<string?> Values => values;

    public LocalDate? Period => period;

    public bool Equals(Place? other) =>
        other is not null && period == other.Period && values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as Place);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(period);
        foreach (var value in values)
            hash.Add(value);
        return hash.ToHashCode();
    }
}

/// <summary>What was counted, per place and family of sums.</summary>
internal sealed class Cells
{
    private readonly Dictionary<Place, Dictionary<string, Tally>> byPlace = [];

    public IEnumerable<Place> Places => byPlace.Keys;

    public int Count => byPlace.Count;

    public void Add(Place place, string family, Tally tally)
    {
        if (!byPlace.TryGetValue(place, out var tallies))
        {
            tallies = new(StringComparer.Ordinal);
            byPlace.Add(place, tallies);
        }

        tallies[family] = tallies.TryGetValue(family, out var already) ? already + tally : tally;
    }

    public Tally At(Place place, string family) =>
        byPlace.TryGetValue(place, out var tallies) && tallies.TryGetValue(family, out var tally)
            ? tally
            : Tally.Nothing;
}
