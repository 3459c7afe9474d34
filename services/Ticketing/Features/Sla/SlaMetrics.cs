using System.Diagnostics.Metrics;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>The meter <c>CustomerFeedback.Ticketing.Sla</c>.</summary>
internal static class SlaMetrics
{
    private static readonly Meter Meter = new("CustomerFeedback.Ticketing.Sla");

    /// <summary>How long after its due time a step fired.</summary>
    public static readonly Histogram<double> Lateness = Meter.CreateHistogram<double>(
        "sla_timer_lateness_seconds",
        unit: "s",
        description: "Time from a step's due time until its timer fired it."
    );
}
