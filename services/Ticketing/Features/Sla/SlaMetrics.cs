using System.Diagnostics.Metrics;
using System.Text.Json;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>The meter <c>CustomerFeedback.Ticketing.Sla</c>.</summary>
internal static class SlaMetrics
{
    private static readonly Meter Meter = new("CustomerFeedback.Ticketing.Sla");

    /// <summary>How long after its due time a step fired.</summary>
    private static readonly Histogram<double> Lateness = Meter.CreateHistogram(
        "sla_timer_lateness_seconds",
        unit: "s",
        description: "Time from a step's due time until its timer fired it.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600],
        }
    );

    private static readonly Counter<long> Breaches = Meter.CreateCounter<long>(
        "sla_breaches_total",
        description: "Clocks that ran out, by the clock."
    );

    private static readonly Dictionary<ClockName, KeyValuePair<string, object?>> Tags = Enum.GetValues<ClockName>()
        .ToDictionary(
            clock => clock,
            clock => new KeyValuePair<string, object?>(
                nameof(clock),
                JsonNamingPolicy.SnakeCaseLower.ConvertName($"{clock}")
            )
        );

    /// <summary>Each clock is there from the start, with nothing breached.</summary>
    public static void Begin()
    {
        foreach (var tag in Tags.Values)
            Breaches.Add(0, tag);
    }

    /// <summary>After the commit: what the timer fired.</summary>
    public static void Count(FiredSteps fired)
    {
        var clocks = fired.Clocks.ToDictionary(clock => clock.Id, clock => Tags[clock.Name]);
        foreach (var step in fired.Steps)
        {
            Lateness.Record((step.FiredAt - step.DueAt).TotalSeconds, clocks[step.ClockId]);
            if (step.Step == ClockStep.BreachKey)
                Breaches.Add(1, clocks[step.ClockId]);
        }
    }

    /// <summary>After the commit: what a command found to have run out before the timer did.</summary>
    public static void Count(IEnumerable<ClockChange> changes)
    {
        foreach (var breach in changes.OfType<ClockChange.Breached>())
            Breaches.Add(1, Tags[breach.Clock.Name]);
    }
}
