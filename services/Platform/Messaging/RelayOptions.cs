namespace CustomerFeedback.Messaging;

/// <summary>The relay's knobs, section <c>Relay</c> of the configuration; the defaults are meant to stay.</summary>
internal sealed class RelayOptions
{
    /// <summary>Rows per claim; twice as many may wait for the broker's confirm.</summary>
    public int Batch { get; set; } = 500;

    /// <summary>How long a claimed row belongs to this relay; after a crash another one takes it this much later.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>No confirm for so long: the connection is taken for stuck and replaced.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The net under the signals: how often an idle relay looks by itself.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The least time between two trips that carry something while little is to do: commits in between share a trip. A commit after a
    /// quiet while never waits for it. Under an even load of a hundred requests a second, portions of one or two cost twice what a burst costs.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between attempts to reach a broker that is away.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(15);

    internal bool IsSound =>
        Batch is >= 1 and <= 5000
        && Lease >= SendTimeout * 2
        && SendTimeout > TimeSpan.Zero
        && Poll > TimeSpan.Zero
        && Linger > TimeSpan.Zero
        && LongestPause > TimeSpan.Zero;
}
