using CustomerFeedback.Analytics.Domain.Measures;
using NodaTime;

namespace CustomerFeedback.Analytics.Domain.Asking;

/// <summary>What a number is set against.</summary>
internal enum Comparison
{
    PreviousPeriod,
    PreviousYear,
}

/// <summary>Only facts whose value is one of these; null stands for "not known".</summary>
internal sealed record Filter(Dimension Dimension, IReadOnlyList<string?> Values);

/// <summary>A question that makes sense: which numbers, split by what, over which time, narrowed to what.</summary>
internal sealed record Question(
    IReadOnlyList<Measure> Measures,
    IReadOnlyList<Dimension> Dimensions,
    Grain? Grain,
    Span Span,
    IReadOnlyList<Filter> Filters,
    Comparison? Compare
)
{
    /// <summary>
    /// The one dimension whose ready sums answer the question (empty: the totals do), or null when the facts must be gone through: at most one dimension
    /// is split or narrowed by, and the days are whole ones of the company's zone.
    /// </summary>
    public string? RollupView(DateTimeZone companyZone)
    {
        Dimension[] used = [.. Dimensions.Concat(Filters.Select(filter => filter.Dimension)).Distinct()];
        if (used.Length > 1 || used.Any(dimension => !dimension.HasRollup))
            return null;
        if (!Span.Zone.Equals(companyZone) && (Span.From is not null || Span.To is not null))
            return null;
        return Span.WholeDays is null ? null : used.SingleOrDefault()?.Id ?? "";
    }

    /// <summary>The question whose answer this one's is compared with; null without a comparison.</summary>
    public Question? Before() => Compare is { } compare ? this with { Span = SpanBefore(compare) } : null;

    private Span SpanBefore(Comparison compare) =>
        compare switch
        {
            Comparison.PreviousPeriod => Grain is { } grain ? Span.Moved(day => grain.Plus(day, -1)) : Span.Previous(),
            Comparison.PreviousYear => Span.Moved(day =>
                Grain is { } grain ? grain.YearBefore(day) : day.PlusYears(-1)
            ),
        };

    /// <summary>The period that a period is compared with.</summary>
    public LocalDate PeriodBefore(LocalDate firstDay) =>
        Grain is not { } grain ? firstDay
        : Compare is Comparison.PreviousYear ? grain.YearBefore(firstDay)
        : grain.Plus(firstDay, -1);
}
