using CustomerFeedback.Analytics.Domain.Statistics;
using NodaTime;

namespace CustomerFeedback.Analytics;

/// <summary>Knobs of the numbers: section <c>Analytics</c>.</summary>
internal sealed class NumbersOptions
{
    /// <summary>The company's zone: days of the ready sums, and of questions that name none.</summary>
    public string Zone { get; set; } = "Asia/Shanghai";

    /// <summary>Cells with fewer answers of people are not shown.</summary>
    public int AnonymityThreshold { get; set; } = 5;

    /// <summary>The most rows that a question may be answered with.</summary>
    public int RowLimit { get; set; } = 10_000;

    /// <summary>How long the database may work on one question.</summary>
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public DateTimeZone CompanyZone => DateTimeZoneProviders.Tzdb[Zone];

    public static void Add(IServiceCollection services) =>
        services
            .AddOptions<NumbersOptions>()
            .BindConfiguration("Analytics")
            .Validate(o => DateTimeZoneProviders.Tzdb.GetZoneOrNull(o.Zone) is not null, "Analytics:Zone is no zone.")
            .Validate(
                o => o.AnonymityThreshold >= Anonymity.Least,
                $"Analytics:AnonymityThreshold is at least {Anonymity.Least}."
            )
            .Validate(o => o.RowLimit > 0, "Analytics:RowLimit is at least 1.")
            .Validate(o => o.QueryTimeout > TimeSpan.Zero, "Analytics:QueryTimeout is more than nothing.")
            .ValidateOnStart();
}
