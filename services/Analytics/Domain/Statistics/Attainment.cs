namespace CustomerFeedback.Analytics.Domain.Statistics;

/// <summary>
/// SLA attainment over clock instances, met / (met + breached): an open instance past its due time counts as breached already, one that is not due yet
/// or was cancelled (merged, spam, duplicate) does not count.
/// <para>After the definitions of help-desk systems (FORMULAS.md 3.7); interval by Wilson.</para>
/// </summary>
/// <param name="Met">Met in time.</param>
/// <param name="Breached">Breached, whether met late afterwards or still open.</param>
/// <param name="OverdueOpen">Open past the due time, not yet announced as breached.</param>
internal readonly record struct Attainment(long Met, long Breached, long OverdueOpen)
{
    public long N => Met + Breached + OverdueOpen;

    public double? Value => N == 0 ? null : (double)Met / N;

    public Interval? Interval => Shares.Wilson(Met, N);
}
