using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>Wakes the timer of this process when a step comes due before it would look by itself.</summary>
internal sealed class ClockAlarm(TimeProvider time) : IDisposable
{
    private readonly Alarm _alarm = new(time);
    private long _wakesAt = DateTimeOffset.MaxValue.UtcTicks;

    public void RingFor(DateTimeOffset step)
    {
        if (step.UtcTicks < Interlocked.Read(ref _wakesAt))
            _alarm.Ring();
    }

    /// <summary>Until the next step is due, or it is rung for an earlier one, or <paramref name="atMost"/> has passed.</summary>
    public async Task Wait(DateTimeOffset? next, TimeSpan atMost, CancellationToken ct)
    {
        var net = time.GetUtcNow() + atMost;
        Interlocked.Exchange(ref _wakesAt, (next < net ? next.Value : net).UtcTicks);
        await _alarm.Wait(next, atMost, ct);
        // While it looks, anything may concern it.
        Interlocked.Exchange(ref _wakesAt, DateTimeOffset.MaxValue.UtcTicks);
    }

    public void Dispose() => _alarm.Dispose();
}
