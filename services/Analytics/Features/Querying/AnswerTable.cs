using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Domain.Asking;
using CustomerFeedback.Analytics.Domain.Measures;
using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Features.Querying;

/// <summary>Makes rows of what was counted. Whatever shows numbers shows them through here: this is the one place that hides small cells.</summary>
internal static class AnswerTable
{
    public static List<IReadOnlyDictionary<string, object?>> Rows(Question question, Counted counted, int threshold)
    {
        var places = Places(question, counted.Now);
        var earlier = counted.Before is null ? [] : places.ConvertAll(place => Before(question, place));
        var rows = places.ConvertAll(place => Head(question, place));
        var anyHidden = new bool[places.Count];
        foreach (var measure in question.Measures)
        {
            var tallies = places.ConvertAll(place => counted.Now.At(place, measure.Tally));
            var hidden = Hidden(measure, places, tallies, threshold);
            var before = earlier.ConvertAll(place => counted.Before!.At(place, measure.Tally));
            var hiddenBefore = Hidden(measure, earlier, before, threshold);
            for (var i = 0; i < rows.Count; i++)
            {
                var figure = Figure.Of(measure, tallies[i], hidden.Contains(i));
                anyHidden[i] |= figure.Suppressed is not null;
                rows[i][measure.Id] = counted.Before is null
                    ? figure
                    : ComparedFigure.Of(
                        measure,
                        figure,
                        tallies[i],
                        Figure.Of(measure, before[i], hiddenBefore.Contains(i)),
                        before[i]
                    );
            }
        }

        for (var i = 0; i < rows.Count; i++)
            rows[i]["suppressed"] = anyHidden[i] ? Figure.BelowThreshold : null;
        return [.. rows];
    }

    // Without a split every period has its row, counted or not: a trend shows its gaps.
    private static List<Place> Places(Question question, Cells cells)
    {
        if (question.Dimensions.Count > 0)
            return
            [
                .. cells
                    .Places.OrderBy(place => place.Period ?? default)
                    .ThenBy(place => place, Comparer<Place>.Create(ByValues)),
            ];
        return question.Grain is { } grain
            ? [.. question.Span.Periods(grain).Select(period => new Place([], period.FirstDay))]
            : [new([], null)];
    }

    // Names in order, what is not known last.
    private static int ByValues(Place a, Place b) =>
        a
            .Values.Zip(
                b.Values,
                (x, y) =>
                    x is null ? (y is null ? 0 : 1)
                    : y is null ? -1
                    : string.CompareOrdinal(x, y)
            )
            .FirstOrDefault(order => order != 0);

    private static Place Before(Question question, Place place) =>
        new(place.Values, place.Period is { } period ? question.PeriodBefore(period) : null);

    private static Dictionary<string, object?> Head(Question question, Place place)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < question.Dimensions.Count; i++)
        {
            var (dimension, value) = (question.Dimensions[i], place.Values[i]);
            row[dimension.Id] = dimension.IsNumber && int.TryParse(value, out var number) ? number : value;
        }

        row["period"] = place.Period?.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return row;
    }

    private static IReadOnlySet<int> Hidden(Measure measure, List<Place> places, List<Tally> tallies, int threshold)
    {
        if (measure.Answers is not { } answers || places.Count == 0)
            return new HashSet<int>();
        return Anonymity.Hidden(
            [
                .. places.Zip(
                    tallies,
                    (place, tally) =>
                        (
                            (IReadOnlyList<string?>)
                                [
                                    .. place.Values,
                                    place.Period is { } day ? $"{day.Year:d4}-{day.Month:d2}-{day.Day:d2}" : null,
                                ],
                            answers(tally)
                        )
                ),
            ],
            threshold
        );
    }
}
