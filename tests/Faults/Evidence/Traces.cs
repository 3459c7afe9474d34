using System.Collections.Concurrent;
using CustomerFeedback.Faults.Load;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Faults.Evidence;

/// <summary>What a fault leaves behind.</summary>
internal sealed class Traces(Ledger ledger, Counters counters)
{
    private long _copies;
    private long _overtaken;

    /// <summary>Processes that were to die.</summary>
    public ConcurrentBag<ProcessMark> Doomed { get; } = [];

    /// <summary>Processes that were seen standing still.</summary>
    public ConcurrentBag<int> StoodStill { get; } = [];

    public int Died => Doomed.Count(mark => !mark.IsAlive);

    public int ToldNothing => ledger.Unknown.Count;

    /// <summary>Deliveries beyond the first of an event to a queue.</summary>
    public long Copies => Interlocked.Read(ref _copies);

    /// <summary>Deliveries that came after one that had been published later.</summary>
    public long Overtaken => Interlocked.Read(ref _overtaken);

    /// <summary>Deliveries that a consumer knew to be repetitions.</summary>
    public long Deduped => counters.Grown("inbox_duplicates_total");

    /// <summary>Messages that the broker handed out again.</summary>
    public long Redelivered => counters.Grown("inbox_redelivered_total");

    /// <summary>Messages that a relay took back to send again.</summary>
    public long Resent => counters.Grown("relay_released_total");

    /// <summary>Confirms that came when the lease had passed to another relay.</summary>
    public long Fenced => counters.Grown("relay_fenced_total");

    public void Copied() => Interlocked.Increment(ref _copies);

    public void Overtook() => Interlocked.Increment(ref _overtaken);
}
