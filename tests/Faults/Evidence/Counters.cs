using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerFeedback.Faults.Evidence;

/// <summary>
/// Hears the services' own counters over OTLP. They are evidence that a fault was felt, never that it did no harm. A process that dies
/// takes with it what it counted since it last reported.
/// </summary>
internal sealed class Counters : IAsyncDisposable
{
    private const string Address = "http://127.0.0.1:4318";
    private readonly ConcurrentDictionary<Point, double> _latest = new();
    private readonly ConcurrentDictionary<string, int> _reports = new(StringComparer.Ordinal);
    private readonly WebApplication _host;
    private Dictionary<Point, double> _before = [];

    private Counters()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address);
        builder.Services.AddSingleton<IHostLifetime, OfTheProgram>();
        _host = builder.Build();
        _host.MapPost("/v1/{signal}", (Delegate)Take);
    }

    public static async Task<Counters> Hear()
    {
        var counters = new Counters();
        await counters._host.StartAsync();
        return counters;
    }

    /// <summary>What is counted from here on is counted.</summary>
    public void Mark() => _before = new(_latest);

    /// <summary>By how much a counter has grown, over all processes.</summary>
    public long Grown(string name) =>
        (long)_latest.Where(p => p.Key.Name == name).Sum(p => p.Value - _before.GetValueOrDefault(p.Key));

    /// <summary>Waits until each of the services' processes has reported twice more: once may have been under way. False when they do not.</summary>
    public async Task<bool> EachReports(IReadOnlyCollection<int> pids, TimeSpan atMost)
    {
        var before = new Dictionary<string, int>(_reports);
        using var limit = new CancellationTokenSource(atMost);
        while (!limit.IsCancellationRequested)
        {
            if (pids.All(pid => _reports.Any(r => IsOf(r.Key, pid) && r.Value >= before.GetValueOrDefault(r.Key) + 2)))
                return true;
            await Task.Delay(100);
        }

        return false;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>A process calls itself by its machine's name and its number.</summary>
    private static bool IsOf(string process, int pid) => process.EndsWith($"-{pid}", StringComparison.Ordinal);

    private async Task<IResult> Take(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (signal == "metrics")
        {
            var report = body.ToArray();
            foreach (var (point, value) in OtlpMetrics.Sums(report))
                _latest[point] = value;
            foreach (var process in OtlpMetrics.Processes(report))
                _reports.AddOrUpdate(process, 1, (_, n) => n + 1);
        }

        return Results.Bytes([], "application/x-protobuf"); // an empty message: taken
    }

    /// <summary>Ctrl-C ends the program at once: it is no server that would first let its callers finish.</summary>
    private sealed class OfTheProgram : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
