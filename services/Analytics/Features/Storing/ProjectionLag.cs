using System.Diagnostics.Metrics;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Messaging;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>
/// How far the numbers are behind: <c>projection_lag_seconds</c> of the meter <c>CustomerFeedback.Analytics</c>. Zero while nothing waits. While something
/// does: the time since the newest event of the last stored batch occurred, or where nothing has been stored since the waiting began, since it began. So a
/// backlog that is being worked off shows how old the numbers are, one that stands still grows, and the first event after a quiet night is not a
/// night late. Nothing is told while nobody knows what waits: without the broker the senders' outboxes grow old instead.
/// </summary>
internal sealed class ProjectionLag(Backlog backlog, TimeProvider time) : IHostedService, IDisposable
{
    private readonly Meter _meter = new("CustomerFeedback.Analytics");
    private Batch? _last;

    private sealed record Batch(DateTimeOffset StoredAt, DateTimeOffset NewestAt);

    /// <summary>Told from the start, not from the first event on.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.CreateObservableGauge(
            "projection_lag_seconds",
            () => Seconds() is { } lag ? [new Measurement<double>(lag)] : Array.Empty<Measurement<double>>(),
            unit: "s",
            description: "How far the numbers are behind what has happened; 0 while nothing waits to be stored."
        );
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A batch is in the numbers.</summary>
    /// <param name="newestAt">When its newest event occurred.</param>
    public void Stored(DateTimeOffset newestAt) => Volatile.Write(ref _last, new Batch(time.GetUtcNow(), newestAt));

    /// <summary>Null while it is not known what waits.</summary>
    internal double? Seconds()
    {
        if (Freshness.EventsBehind(backlog) is not { } waiting)
            return null;
        if (waiting == 0 || Freshness.BehindSince(backlog) is not { } since)
            return 0;
        var reached = Volatile.Read(ref _last) is { } last && last.StoredAt >= since ? last.NewestAt : since;
        return Math.Max(0, (time.GetUtcNow() - reached).TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();
}
