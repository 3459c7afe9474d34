using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace CustomerFeedback.Intake;

/// <summary>The knobs of this service; the section <c>Intake</c> of the configuration.</summary>
internal sealed class IntakeOptions : IValidatableObject
{
    /// <summary>The IANA zone whose year stands in request numbers.</summary>
    [Required]
    public string Zone { get; init; } = "Asia/Shanghai";

    /// <summary>How far ahead of our clock <c>receivedAt</c> may be.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many requests one transaction stores at most.</summary>
    [Range(1, 1024)]
    public int BatchSize { get; init; } = 128;

    /// <summary>How long a batch that is not full waits for company; zero sends at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.05")]
    public TimeSpan BatchLinger { get; init; } = TimeSpan.Zero;

    /// <summary>How many batches are on their way to the database at the same time.</summary>
    [Range(1, 16)]
    public int Writers { get; init; } = 2;

    /// <summary>How many requests wait for a batch before further ones are turned away with 503.</summary>
    [Range(1, 100_000)]
    public int QueueCapacity { get; init; } = 2048;

    /// <summary>How long a client waits for its request to be stored before it gets a 503.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan AcceptDeadline { get; init; } = TimeSpan.FromSeconds(10);

    public DateTimeZone NumberZone => DateTimeZoneProviders.Tzdb[Zone];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null)
            yield return new($"{Zone} is not an IANA time zone.", [nameof(Zone)]);
    }
}
