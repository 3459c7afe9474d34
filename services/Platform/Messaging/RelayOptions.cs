using System.ComponentModel.DataAnnotations;

namespace CustomerFeedback.Messaging;

/// <summary>The relay's knobs, section <c>Relay</c> of the configuration; the defaults are meant to stay.</summary>
internal sealed class RelayOptions : IValidatableObject
{
    /// <summary>Rows per claim; twice as many may wait for the broker's confirm.</summary>
    [Range(1, 5000)]
    public int Batch { get; set; } = 500;

    /// <summary>How long a claimed row belongs to this relay; after a crash another one takes it this much later.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>No confirm for so long: the connection is taken for stuck and replaced.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The net under the signals: how often an idle relay looks by itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two trips that carry something while little is to do: commits in between share a trip.</summary>
    // After a quiet while nothing waits. Under an even load, portions of one or two cost twice what a burst costs.
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between attempts to reach a broker that is away.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(15);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Lease < SendTimeout * 2 ? [new("less than twice Relay:SendTimeout.", [nameof(Lease)])] : [];
}
