using Microsoft.Extensions.Logging;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>Wakes a worker of this process when there may be something to do; without a ring it wakes by itself.</summary>
public sealed class Alarm(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Ring()
    {
        if (_rung.CurrentCount > 0)
            return;
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else rang in the same moment.
        }
    }

    /// <summary>Until it is rung, or <paramref name="due"/> has come, or <paramref name="atMost"/> has passed.</summary>
    public async Task Wait(DateTimeOffset? due, TimeSpan atMost, CancellationToken ct)
    {
        var pause = due - time.GetUtcNow() is { } until && until < atMost ? until : atMost;
        if (pause <= TimeSpan.Zero)
            return;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var rung = _rung.WaitAsync(over.Token);
        // A timer that fires a shade early must not spin: never less than a millisecond.
        var slept = Task.Delay(
            pause < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : pause,
            time,
            over.Token
        );
        await Task.WhenAny(rung, slept);
        await over.CancelAsync();
        await Task.WhenAll(rung, slept).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }

    public void Dispose() => _rung.Dispose();
}

/// <summary>A worker's rounds: one after the other until the host stops; a failure is logged and tried again a little later.</summary>
public static partial class Rounds
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static async Task Forever(
        string worker,
        Func<CancellationToken, Task> round,
        TimeProvider time,
        ILogger log,
        CancellationToken stopping
    )
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await round(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                WorkerFailed(log, e, worker, Pause);
                await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "{Worker} failed; it tries again in {Pause}")]
    private static partial void WorkerFailed(ILogger logger, Exception exception, string worker, TimeSpan pause);
}
