using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CustomerFeedback.TestKit.Otlp;

/// <summary>Takes what hosts export over OTLP (http/protobuf) on loopback: spans are kept, and every byte is looked through for what must not be told.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly ConcurrentDictionary<string, byte[]> _forbidden = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _told = new();
    private readonly ConcurrentDictionary<string, int> _reports = new(StringComparer.Ordinal);
    private readonly WebApplication _host;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _host = builder.Build();
        _host.MapPost("/v1/{signal}", (Delegate)Take);
    }

    /// <summary>What a host is to be told to export here, soon.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _host.Urls.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "5000",
        };

    /// <summary>Which of the forbidden texts came, and in which signal.</summary>
    public IReadOnlyCollection<string> Told => _told;

    public static async Task<OtlpReceiver> Start()
    {
        var receiver = new OtlpReceiver();
        await receiver._host.StartAsync();
        return receiver;
    }

    /// <summary>From now on these texts must not come, in no signal.</summary>
    public void Forbid(IEnumerable<string> texts)
    {
        foreach (var text in texts)
            _forbidden[text] = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>How many reports of a signal (<c>traces</c>, <c>metrics</c>) have come.</summary>
    public int Reports(string signal) => _reports.GetValueOrDefault(signal);

    /// <summary>The spans of one trace that have come so far.</summary>
    public IReadOnlyList<Span> Trace(string traceId) => [.. _spans.Where(span => span.TraceId == traceId)];

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task<IResult> Take(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var report = body.ToArray();
        _reports.AddOrUpdate(signal, 1, (_, count) => count + 1);
        foreach (var (text, bytes) in _forbidden)
        {
            if (report.AsSpan().IndexOf(bytes) >= 0)
                _told.Enqueue($"{text} in {signal}");
        }

        if (signal == "traces")
        {
            foreach (var span in Span.Read(report))
                _spans.Enqueue(span);
        }

        return Results.Bytes([], "application/x-protobuf"); // an empty message: taken
    }
}
