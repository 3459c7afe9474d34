using System.Diagnostics.Metrics;
using CustomerFeedback.Notifications.Domain;

namespace CustomerFeedback.Notifications.Features.Sending;

/// <summary>The meter <c>CustomerFeedback.Notifications.Sending</c>.</summary>
internal static class DeliveryMetrics
{
    private static readonly Meter Meter = new("CustomerFeedback.Notifications.Sending");

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "notification_attempts_total",
        description: "Tries of a delivery, by how it stands after them: queued means that it will be tried again."
    );

    /// <summary>Each outcome is there from the start, with nothing counted.</summary>
    public static void Begin()
    {
        foreach (
            var state in (ReadOnlySpan<string>)
                [DeliveryState.Delivered, DeliveryState.Failed, DeliveryState.Suppressed, DeliveryState.Queued]
        )
            Attempts.Add(0, new KeyValuePair<string, object?>("outcome", state));
    }

    /// <param name="state">How the delivery stands after the try.</param>
    public static void Count(string state) => Attempts.Add(1, new KeyValuePair<string, object?>("outcome", state));
}
