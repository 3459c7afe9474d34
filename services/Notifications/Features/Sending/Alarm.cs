namespace CustomerFeedback.Notifications.Features.Sending;

/// <summary>Wakes the worker of this process when there is something to send; without a ring it looks by itself.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Ring()
    {
        try
        {
            if (_rung.CurrentCount == 0)
                _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else rang in the same moment.
        }
    }

    public Task<bool> Rung(TimeSpan atMost, CancellationToken ct) => _rung.WaitAsync(atMost, ct);

    public void Dispose() => _rung.Dispose();
}
