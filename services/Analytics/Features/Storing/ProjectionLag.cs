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

    internal sealed record Batch(DateTimeOffset StoredAt, DateTimeOffset NewestAt);

    /// <summary>Told from the start, not from the first event on.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.CreateObservableGauge(
            "projection_lag_seconds",
            () => Now() is { } lag ? [new Measurement<double>(lag)] : Array.Empty<Measurement<double>>(),
            unit: "s",
            description: "How far the numbers are behind what has happened; 0 while nothing waits to be stored."
        );
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A batch is in the numbers.</summary>
    /// <param name="newestAt">When its newest event occurred.</param>
    public void Stored(DateTimeOffset newestAt) => Volatile.Write(ref _last, new Batch(time.GetUtcNow(), newestAt));

    public void Dispose() => _meter.Dispose();

    /// <param name="since">From when on there was always something waiting; null while nothing waits.</param>
    /// <param name="last">The last batch that was stored; null before the first.</param>
    internal static double Seconds(DateTimeOffset? since, Batch? last, DateTimeOffset now)
    {
        if (since is not { } began)
            return 0;
        var reached = last is not null && last.StoredAt >= began ? last.NewestAt : began;
        return Math.Max(0, (now - reached).TotalSeconds);
    }

    /// <summary>Null while it is not known what waits.</summary>
    private double? Now() =>
        Freshness.EventsBehind(backlog) is null
            ? null
            : Seconds(Freshness.BehindSince(backlog), Volatile.Read(ref _last), time.GetUtcNow());
}
