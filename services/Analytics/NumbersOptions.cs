using System.ComponentModel.DataAnnotations;
using CustomerFeedback.Analytics.Domain.Statistics;
using NodaTime;

namespace CustomerFeedback.Analytics;

/// <summary>Knobs of the numbers: section <c>Analytics</c>.</summary>
internal sealed class NumbersOptions : IValidatableObject
{
    /// <summary>The company's zone: days of the ready sums, and of questions that name none.</summary>
    [Required]
    public string Zone { get; set; } = "Asia/Shanghai";

    /// <summary>Cells with fewer answers of people are not shown.</summary>
    [Range(Anonymity.Least, 1_000)]
    public int AnonymityThreshold { get; set; } = 5;

    /// <summary>The most rows that a question may be answered with.</summary>
    [Range(1, 1_000_000)]
    public int RowLimit { get; set; } = 10_000;

    /// <summary>How long the database may work on one question.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public DateTimeZone CompanyZone => DateTimeZoneProviders.Tzdb[Zone];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null)
            yield return new($"{Zone} is not an IANA time zone.", [nameof(Zone)]);
    }
}
