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

    public static readonly Counter<long> Handled = Meter.CreateCounter<long>(
        "messaging.handled.messages",
        description: "Messages that a consumer has handled, repeated ones too."
    );

    public static readonly Counter<long> Failed = Meter.CreateCounter<long>(
        "messaging.failed.attempts",
        description: "Attempts of a consumer that failed; each is followed by another or by a dead letter."
    );

    public static readonly Histogram<double> Handling = Meter.CreateHistogram(
        "messaging.handling.duration",
        unit: "s",
        description: "How long a consumer took for a message or a batch, failed attempts too.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        }
    );

    /// <summary>Says zero of all that can be counted: a series that begins with its first event has no increase to show for it.</summary>
    public static void Begin(MessagingSetup setup)
    {
        foreach (var counter in (ReadOnlySpan<Counter<long>>)[Published, Unroutable, Resent, Fenced])
            counter.Add(0);
        foreach (var taken in setup.Consumers)
        {
            var of = new KeyValuePair<string, object?>("consumer", taken.Queue);
            foreach (var counter in (ReadOnlySpan<Counter<long>>)[Duplicates, Redelivered, Handled, Failed])
                counter.Add(0, of);
            Parked.Add(0, new KeyValuePair<string, object?>("queue", taken.Queue));
        }
    }

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

/// <summary>Measures one consumer.</summary>
internal sealed class ConsumerMeter(string queue)
{
    private readonly KeyValuePair<string, object?> _of = new("consumer", queue);

    public void Done(int messages, long began)
    {
        Metrics.Handled.Add(messages, _of);
        Metrics.Handling.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, _of);
    }

    public void Failed(long began)
    {
        Metrics.Failed.Add(1, _of);
        Metrics.Handling.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, _of);
    }
}
