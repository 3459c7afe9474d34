using NodaTime;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>How the instances of one clock came out.</summary>
/// <param name="Breached">Also those that still run and are past due, and those met or cancelled after their breach.</param>
/// <param name="Open">Still running or paused, and not due.</param>
/// <param name="Cancelled">Without a verdict.</param>
internal sealed record Attainment(int Instances, int Met, int Breached, int Open, int Cancelled)
{
    public static Attainment None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Met of those that are decided: between 0 and 1; null where nothing is decided.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("attainment")]
    public double? Share => Met + Breached == 0 ? null : (double)Met / (Met + Breached);

    public Attainment With(ClockState state) =>
        state switch
        {
            ClockState.Met => this with { Instances = Instances + 1, Met = Met + 1 },
            ClockState.Breached => this with { Instances = Instances + 1, Breached = Breached + 1 },
            ClockState.Running or ClockState.Paused => this with { Instances = Instances + 1, Open = Open + 1 },
            ClockState.Cancelled => this with { Instances = Instances + 1, Cancelled = Cancelled + 1 },
        };
}

/// <summary>Counts clock instances as they stand at one instant: attainment by clock, and when breaches fall on the wall clock of a zone.</summary>
internal sealed class AttainmentCount(string zone, DateTimeOffset at)
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private readonly DateTimeZone wall = DateTimeZoneProviders.Tzdb[zone];
    private readonly Dictionary<ClockName, Attainment> clocks = [];
    private readonly int[] hours = new int[24];
    private readonly int[] days = new int[7];

    public IReadOnlyDictionary<ClockName, Attainment> Clocks => clocks;

    /// <summary>Breaches by hour of day, 0 to 23.</summary>
    public IReadOnlyList<int> ByHour => hours;

    /// <summary>Breaches by weekday, from <c>mon</c>.</summary>
    public IReadOnlyDictionary<string, int> ByWeekday =>
        Days.Index().ToDictionary(day => day.Item, day => days[day.Index]);

    public void Add(SlaClock clock)
    {
        clocks[clock.Name] = clocks.GetValueOrDefault(clock.Name, Attainment.None).With(clock.Trace.State(at));
        if (!clock.Trace.IsBreached(at))
            return;
        var local = Instant.FromDateTimeOffset(clock.Trace.BreachAt!.Value).InZone(wall);
        hours[local.Hour]++;
        days[(int)local.DayOfWeek - 1]++;
    }
}
