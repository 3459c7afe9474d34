using System.Globalization;
using static CustomerFeedback.Ticketing.Domain.Sla.ClockStep;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>Something that time alone brings about, once per clock instance: a warning, the breach, a step of the ladder.</summary>
/// <param name="Key">Unique within the instance: with the instance the unique row that makes it fire once.</param>
/// <param name="DueAt">The true instant, however late the timer is.</param>
internal abstract record ClockStep(string Key, DateTimeOffset DueAt)
{
    public const string BreachKey = "breach";
    internal const string WarnKey = "warn:";

    /// <summary>The key is that of a step of the ladder.</summary>
    public static bool IsOfLadder(string key) => key != BreachKey && !key.StartsWith(WarnKey, StringComparison.Ordinal);

    public sealed record Warn(string Key, double Share, DateTimeOffset DueAt) : ClockStep(Key, DueAt);

    public sealed record Breach(DateTimeOffset DueAt, BreachCause Cause) : ClockStep(BreachKey, DueAt);

    public sealed record Escalate(LadderStep Step, DateTimeOffset DueAt) : ClockStep(Step.Key, DueAt);
}

/// <summary>Which steps lie ahead of a clock, and when.</summary>
internal static class ClockSteps
{
    /// <summary>What has not fired yet and will if nothing more happens, earliest first; what happens at one instant in the order warning, breach, ladder.</summary>
    public static IReadOnlyList<ClockStep> Ahead(ClockTrace trace, IReadOnlySet<string> fired)
    {
        var steps = new List<ClockStep>();
        // Who ended climbs no further; a breach that lies before the end is still told.
        if (trace.End is null)
            steps.AddRange(Warnings(trace));
        if (trace is { BreachAt: { } breachAt, BreachCause: { } cause })
            steps.Add(new Breach(breachAt, cause));
        if (trace.End is null)
            steps.AddRange(Ladder(trace));
        return [.. steps.Where(step => !fired.Contains(step.Key)).OrderBy(step => step.DueAt)];
    }

    private static IEnumerable<ClockStep> Warnings(ClockTrace trace)
    {
        foreach (var share in trace.Terms.Policy.Policy.WarnAt)
        {
            if (ReachesShare(trace, share) is { } at)
                yield return new Warn(string.Create(CultureInfo.InvariantCulture, $"{WarnKey}{share}"), share, at);
        }
    }

    private static IEnumerable<ClockStep> Ladder(ClockTrace trace)
    {
        foreach (var step in trace.Terms.Policy.Policy.Ladder)
        {
            var at = step switch
            {
                { After: { } after } => trace.BreachAt + after,
                { At: < 1 and var share } => ReachesShare(trace, share),
                // The whole target is the breach itself: one instant, also where a change or an announced estimate moved it.
                { At: 1 } => trace.BreachAt,
                _ => trace.BreachAt is { } breach && ReachesShare(trace, step.At!.Value) is { } reached
                    ? Later(breach, reached)
                    : null,
            };
            if (at is { } dueAt && !(dueAt > trace.AcknowledgedAt))
                yield return new Escalate(step, dueAt);
        }
    }

    private static DateTimeOffset? ReachesShare(ClockTrace trace, double share)
    {
        // Whole microseconds, rounded up: what the database keeps, and never early.
        var ticks =
            decimal.Ceiling((decimal)share * trace.Goal.Target.Ticks / TimeSpan.TicksPerMicrosecond)
            * TimeSpan.TicksPerMicrosecond;
        return trace.Reaches(TimeSpan.FromTicks((long)ticks)) is { } at ? Later(at, trace.Floor) : null;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
