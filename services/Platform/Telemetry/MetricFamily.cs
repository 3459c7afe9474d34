using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CustomerFeedback.Telemetry;

/// <summary>The lines of one name: what it is, and a line for each series (for each bucket, of a histogram).</summary>
internal sealed class MetricFamily(string name, string type, string? help)
{
    /// <summary>Called counters by the runtime, which they are not.</summary>
    private static readonly string[] RisesAndFalls =
    [
        "dotnet.thread_pool.queue.length",
        "dotnet.thread_pool.thread.count",
    ];

    private readonly HashSet<string> series = new(StringComparer.Ordinal);
    private readonly StringBuilder lines = new();

    public string Name => name;

    /// <summary>Null where the text has no form for it.</summary>
    public static string? TypeOf(Metric metric) =>
        metric.MetricType switch
        {
            MetricType.LongSum when RisesAndFalls.Contains(metric.Name) => "gauge",
            MetricType.LongSum or MetricType.DoubleSum => "counter",
            MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => "gauge",
            MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
            MetricType.Histogram => "histogram",
            _ => null,
        };

    /// <summary>Adds a metric's series. Of the same series twice the first counts, and so does the first type: anything else is no valid text.</summary>
    public void Add(Metric metric, string ofType)
    {
        if (ofType != type)
            return;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            if (!series.Add(labels))
                continue;
            if (type == "histogram")
                Histogram(point, labels);
            else
                Line("", labels, ValueOf(metric.MetricType, point));
        }
    }

    public void WriteTo(StringBuilder all)
    {
        if (series.Count == 0)
            return;
        if (!string.IsNullOrEmpty(help))
            all.Append("# HELP ").Append(name).Append(' ').Append(MetricName.EscapedHelp(help)).Append('\n');
        all.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n').Append(lines);
    }

    private static double ValueOf(MetricType type, MetricPoint point) =>
        type switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
            MetricType.LongGauge => point.GetGaugeLastValueLong(),
            _ => point.GetGaugeLastValueDouble(),
        };

    private void Histogram(MetricPoint point, string labels)
    {
        var below = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            if (!double.IsPositiveInfinity(bucket.ExplicitBound))
                Line("_bucket", With(labels, "le", Text(bucket.ExplicitBound)), below);
        }

        Line("_bucket", With(labels, "le", "+Inf"), point.GetHistogramCount());
        Line("_sum", labels, point.GetHistogramSum());
        Line("_count", labels, point.GetHistogramCount());
    }

    private void Line(string ending, string labels, double value)
    {
        lines.Append(name).Append(ending);
        if (labels.Length > 0)
            lines.Append('{').Append(labels).Append('}');
        lines.Append(' ').Append(Text(value)).Append('\n');
    }

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tag, value) in tags)
        {
            var label = MetricName.Label(tag);
            var said = MetricName.Value(tag, value);
            // Two tags may come to one label: neither is lost.
            all[label] = all.TryGetValue(label, out var other) ? $"{other};{said}" : said;
        }

        return all.Aggregate("", (before, label) => With(before, label.Key, label.Value));
    }

    private static string With(string labels, string label, string value) =>
        $"{labels}{(labels.Length > 0 ? "," : "")}{label}=\"{MetricName.EscapedValue(value)}\"";

    private static string Text(double value) =>
        value switch
        {
            double.PositiveInfinity => "+Inf",
            double.NegativeInfinity => "-Inf",
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };
}
