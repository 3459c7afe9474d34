namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>Wakes the dispatcher of this process when there may be something to do; without a ring it wakes by itself.</summary>
internal sealed class DispatchAlarm(TimeProvider time) : IDisposable
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
