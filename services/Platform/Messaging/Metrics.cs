using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CustomerFeedback.Messaging;

/// <summary>The meter <c>CustomerFeedback.Messaging</c>.</summary>
internal static class Metrics
{
    public static readonly Meter Meter = new("CustomerFeedback.Messaging");

    public static readonly Counter<long> Duplicates = Meter.CreateCounter<long>(
        "inbox_duplicates_total",
        description: "Messages that were handled before and had no effect again."
    );

    public static readonly Counter<long> Redelivered = Meter.CreateCounter<long>(
        "inbox_redelivered_total",
        description: "Messages that the broker handed out again, because whoever had them before was gone without an answer."
    );

    public static readonly Counter<long> Published = Meter.CreateCounter<long>(
        "relay_published_total",
        description: "Messages that the broker has confirmed."
    );

    public static readonly Counter<long> Unroutable = Meter.CreateCounter<long>(
        "relay_unroutable_total",
        description: "Messages that reached no queue though somebody should consume them; they stay in the outbox."
    );

    public static readonly Counter<long> Resent = Meter.CreateCounter<long>(
        "relay_released_total",
        description: "Messages given back unsent or unconfirmed, to be sent again."
    );

    public static readonly Counter<long> Fenced = Meter.CreateCounter<long>(
        "relay_fenced_total",
        description: "Confirmed messages whose lease had meanwhile gone to another relay."
    );

    public static readonly Counter<long> Parked = Meter.CreateCounter<long>(
        "dead_letters_parked_total",
        description: "Messages that were given up and parked."
    );

    /// <summary>The gauges, fed by <see cref="Gauges"/>.</summary>
    public static void Watch(string service, Func<double> age, Func<long> depth, Func<long> parked)
    {
        var tags = new TagList { { "service", service } };
        Meter.CreateObservableGauge(
            "outbox_oldest_age_seconds",
            () => new Measurement<double>(age(), tags),
            description: "How long the oldest unsent message has waited."
        );
        Meter.CreateObservableGauge(
            "outbox_depth",
            () => new Measurement<long>(depth(), tags),
            description: "Unsent messages."
        );
        Meter.CreateObservableGauge(
            "dead_letters",
            () => new Measurement<long>(parked(), tags),
            description: "Parked messages that nobody has sent back yet."
        );
    }
}
