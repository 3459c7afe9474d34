using System.Text.Json;
using CustomerFeedback.Analytics.Domain.Asking;
using CustomerFeedback.Analytics.Domain.Measures;
using CustomerFeedback.ServiceDefaults;
using NodaTime;
using NodaTime.Text;

namespace CustomerFeedback.Analytics.Features.Querying;

/// <summary>A question as it is sent, and the way from there to one that makes sense; all that is wrong with it is told at once.</summary>
/// <param name="Measures">At least one of the catalogue's.</param>
/// <param name="Dimensions">What to split by; none: one row per period.</param>
/// <param name="Grain">The length of the periods; none: one period.</param>
/// <param name="Zone">Where days begin; none: the company's.</param>
/// <param name="From">An instant, or a day from its beginning on.</param>
/// <param name="To">An instant, before which, or a day, up to its end.</param>
/// <param name="Filters">Per dimension the values that count; null stands for "not known".</param>
/// <param name="Compare">What to set each number against.</param>
internal sealed record QueryForm(
    IReadOnlyList<string?>? Measures = null,
    IReadOnlyList<string?>? Dimensions = null,
    string? Grain = null,
    string? Zone = null,
    string? From = null,
    string? To = null,
    IReadOnlyDictionary<string, IReadOnlyList<JsonElement>?>? Filters = null,
    string? Compare = null
)
{
    private const int MostMeasures = 60;
    private const int MostDimensions = 3;
    private const int MostValues = 200;

    /// <summary>The question, or all that is wrong with it.</summary>
    /// <param name="rated">The rated dimensions that have a mean.</param>
    /// <param name="companyZone">Where days begin when the form does not say.</param>
    /// <param name="now">What a trend without an end ends with: this day.</param>
    /// <param name="errors">Empty when there is a question.</param>
    public Question? Read(
        IReadOnlySet<string> rated,
        DateTimeZone companyZone,
        Instant now,
        out IReadOnlyList<FieldError> errors
    )
    {
        var found = new List<FieldError>();
        errors = found;
        var measures = Listed(Measures, "measures", MostMeasures, id => MeasureCatalog.Find(id, rated), found);
        if (Measures is null or [])
            found.Add(new("/measures", "required", "At least one measure; the catalogue lists them."));
        var dimensions = Listed(Dimensions, "dimensions", MostDimensions, Dimension.Find, found);
        var filters = ReadFilters(found);
        CheckFit(measures, [.. dimensions.Select(d => d.Item), .. filters.Select(f => f.Dimension)], found);
        var grain = Word<Grain>(Grain, "/grain", found);
        var compare = Word<Comparison>(Compare, "/compare", found);
        var zone = Zone is null ? companyZone : DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone);
        if (zone is null)
            found.Add(new("/zone", "unknown_zone", "An IANA zone, as Asia/Shanghai."));
        var span = ReadSpan(zone ?? companyZone, grain, compare, now, found);
        return found.Count > 0
            ? null
            : new(
                [.. measures.Select(m => m.Item)],
                [.. dimensions.Select(d => d.Item)],
                grain,
                span,
                filters,
                compare
            );
    }

    private static List<(T Item, int At)> Listed<T>(
        IReadOnlyList<string?>? names,
        string member,
        int most,
        Func<string, T?> find,
        List<FieldError> errors
    )
        where T : class
    {
        var items = new List<(T, int)>();
        if (names?.Count > most)
        {
            errors.Add(new($"/{member}", "too_many", $"At most {most}."));
            return items;
        }

        for (var i = 0; i < names?.Count; i++)
        {
            if (names[i] is not { } name || find(name) is not { } item)
                errors.Add(
                    new($"/{member}/{i}", $"unknown_{member[..^1]}", "GET /v1/analytics/catalog lists what is known.")
                );
            else if (names.Take(i).Contains(name))
                errors.Add(new($"/{member}/{i}", "duplicate", "Named twice."));
            else
                items.Add((item, i));
        }

        return items;
    }

    private List<Filter> ReadFilters(List<FieldError> errors)
    {
        var filters = new List<Filter>();
        foreach (var (name, values) in Filters ?? new Dictionary<string, IReadOnlyList<JsonElement>?>())
        {
            var pointer = $"/filters/{name.Replace("~", "~0").Replace("/", "~1")}";
            if (Dimension.Find(name) is not { } dimension)
                errors.Add(new(pointer, "unknown_filter", "GET /v1/analytics/catalog lists the dimensions."));
            else if (values is null or [] || values.Count > MostValues)
                errors.Add(new(pointer, "out_of_range", $"1 to {MostValues} values."));
            else
                filters.Add(
                    new(dimension, [.. values.Select((v, i) => Value(v, dimension, $"{pointer}/{i}", errors))])
                );
        }

        return filters;
    }

    private static string? Value(JsonElement value, Dimension dimension, string pointer, List<FieldError> errors)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.Number when dimension.IsNumber && value.TryGetInt32(out var number):
                return $"{number}";
            case JsonValueKind.String when !dimension.IsNumber || int.TryParse(value.GetString(), out _):
                return value.GetString();
            default:
                errors.Add(new(pointer, "wrong_type", dimension.IsNumber ? "A whole number." : "A text or null."));
                return null;
        }
    }

    private static void CheckFit(List<(Measure Item, int At)> measures, Dimension[] used, List<FieldError> errors)
    {
        foreach (var (measure, at) in measures)
        {
            if (Array.Find(used, dimension => !measure.Has(dimension)) is { } dimension)
                errors.Add(new($"/measures/{at}", "not_by_dimension", $"{measure.Id} has no {dimension.Id}."));
        }
    }

    private Domain.Asking.Span ReadSpan(
        DateTimeZone zone,
        Grain? grain,
        Comparison? compare,
        Instant now,
        List<FieldError> errors
    )
    {
        var from = Bound(From, "/from", zone, day => day, errors);
        var to = Bound(To, "/to", zone, day => day.PlusDays(1), errors);
        if (grain is not null)
            to ??= zone.AtStartOfDay(now.InZone(zone).Date.PlusDays(1)).ToInstant();
        if (From is null && (grain is not null || compare is not null))
            errors.Add(new("/from", "required", "A trend or a comparison needs a beginning."));
        if (To is null && grain is null && compare is not null)
            errors.Add(new("/to", "required", "A comparison needs an end."));
        if (from >= to)
            errors.Add(new("/to", "out_of_range", "The end lies after the beginning."));
        return new(from, to, zone);
    }

    private static Instant? Bound(
        string? text,
        string pointer,
        DateTimeZone zone,
        Func<LocalDate, LocalDate> edge,
        List<FieldError> errors
    )
    {
        if (text is null)
            return null;
        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var day) && IsSensible(day.Year))
            return zone.AtStartOfDay(edge(day)).ToInstant();
        if (Instants.TryParse(text, out var instant) && IsSensible(instant.Year))
            return Instant.FromDateTimeOffset(instant);
        errors.Add(new(pointer, "invalid_instant", "A day, 2026-11-21, or an instant, 2026-11-21T09:00:00+08:00."));
        return null;
    }

    // Beyond these no calendar of ours reaches.
    private static bool IsSensible(int year) => year is >= 1970 and <= 2200;

    private static T? Word<T>(string? word, string pointer, List<FieldError> errors)
        where T : struct, Enum
    {
        if (word is null)
            return null;
        if (Words.TryParse<T>(word, out var value))
            return value;
        errors.Add(new(pointer, "unknown_value", $"One of these is wanted: {string.Join(", ", Words.All<T>())}."));
        return null;
    }
}
