using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>Wakes a worker of this process when there may be something to do; without a ring it wakes by itself.</summary>
internal sealed class Alarm(TimeProvider time) : IDisposable
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

/// <summary>The alarms of this service's workers, rung when what they look at is committed.</summary>
internal sealed class Alarms(TimeProvider time) : IDisposable
{
    /// <summary>Somebody may have become free, or there is something to assign.</summary>
    public Alarm Waiting { get; } = new(time);

    /// <summary>A pause may end.</summary>
    public Alarm Pauses { get; } = new(time);

    public void RingFor(TicketingDbContext db, Decision decision)
    {
        if (decision.Happenings.Any(happening => happening is Happening.Paused { Until: not null }))
            db.AfterCommit(Pauses.Ring);
        if (decision.Happenings.Any(FreesSomebody))
            db.AfterCommit(Waiting.Ring);
    }

    private static bool FreesSomebody(Happening happening) =>
        happening is Happening.Resolved or Happening.Cancelled or Happening.Assigned or Happening.Classified;

    public void Dispose()
    {
        Waiting.Dispose();
        Pauses.Dispose();
    }
}
