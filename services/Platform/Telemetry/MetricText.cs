using System.Text;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CustomerFeedback.Telemetry;

/// <summary>All metrics in Prometheus' text format (0.0.4), collected when somebody asks.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class MetricText : BaseExporter<Metric>, IPullMetricExporter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const int PatienceMilliseconds = 10_000;

    private readonly SemaphoreSlim turn = new(1);

    private string Page { get; set; } = "";

    /// <summary>Set by the reader: collects and calls <see cref="Export"/> before it returns.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Null where nothing could be collected: before the start, after the stop.</summary>
    public async Task<string?> Scrape(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            Page = "";
            return Collect?.Invoke(PatienceMilliseconds) == true ? Page : null;
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task Answer(HttpContext http)
    {
        if (await Scrape(http.RequestAborted) is not { } metrics)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        http.Response.ContentType = ContentType;
        await http.Response.WriteAsync(metrics, http.RequestAborted);
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        // Two meters may have an instrument of one name: its lines must stand together.
        var families = new Dictionary<string, MetricFamily>(StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            if (MetricFamily.TypeOf(metric) is not { } type)
                continue;
            var name = MetricName.Of(metric.Name, metric.Unit, type == "counter");
            if (!families.TryGetValue(name, out var family))
            {
                family = new MetricFamily(name, type, metric.Description);
                families.Add(name, family);
            }

            family.Add(metric, type);
        }

        var all = new StringBuilder(64 * 1024);
        foreach (var family in families.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
            family.WriteTo(all);
        Page = all.ToString();
        return ExportResult.Success;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Collect = null;
        base.Dispose(disposing);
    }
}
