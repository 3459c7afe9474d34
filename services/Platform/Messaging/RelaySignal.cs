namespace CustomerFeedback.Messaging;

/// <summary>Tells the relay of this process that rows were committed. Hot paths that insert with their own SQL call it after the commit.</summary>
public sealed class RelaySignal : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    /// <summary>Cheap and safe from any thread; many calls before the relay looks are one.</summary>
    public void Wake()
    {
        try
        {
            if (_rung.CurrentCount == 0)
                _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in the same moment.
        }
    }

    internal Task<bool> Rung(TimeSpan atMost, CancellationToken ct) => _rung.WaitAsync(atMost, ct);

    /// <inheritdoc/>
    public void Dispose() => _rung.Dispose();
}
