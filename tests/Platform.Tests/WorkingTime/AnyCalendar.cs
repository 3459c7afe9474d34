using CustomerFeedback.WorkingTime;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace CustomerFeedback.Platform.Tests.WorkingTime;

/// <summary>A calendar with a period worth looking at: around a change of the clocks, a year's end, a leap day, or any.</summary>
internal sealed record Case(CalendarSpec Spec, DateTimeOffset Origin)
{
    public WorkCalendar Calendar { get; } =
        WorkCalendar.TryCreate(Spec, out var problems)
        ?? throw new ArgumentException(string.Join("; ", problems), nameof(Spec));

    public override string ToString() =>
        $"""
            {Spec.Zone} from {Origin:u}
              week {string.Join(" ", Spec.Week.Select(day => $"{day.Key}=[{string.Join(", ", day.Value)}]"))}
              holidays {string.Join(" ", Spec.Holidays)}
              workdays {string.Join(
                " ",
                Spec.Workdays.Select(day => $"{day.Date} {day.Name} [{string.Join(", ", day.Hours)}]")
            )}
            """;
}

/// <summary>Random calendars, and the way to check a law over them: the same cases on every run unless told otherwise.</summary>
internal static class AnyCalendar
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private static readonly string[] Zones =
    [
        "UTC",
        "Asia/Shanghai",
        "Asia/Kolkata",
        "America/New_York",
        "Europe/London",
        "Australia/Lord_Howe", // half an hour of summer time
        "America/Havana", // falls back at 01:00 to midnight
        "America/Sao_Paulo", // until 2019 sprang forward at midnight: days without a 00:00
    ];

    public static Gen<Case> Cases { get; } =
        from zone in Gen.Elements(Zones)
        from origin in Origins(zone)
        from week in Gen.CollectToArray(Days, _ => HoursOfDay)
        from holidays in Gen.CollectToArray(Enumerable.Range(-1, 18), offset => Sometimes(HolidayOn(origin, offset)))
        from workdays in Gen.CollectToArray(Enumerable.Range(-1, 18), offset => Sometimes(WorkdayOn(origin, offset)))
        where week.Any(hours => hours.Length > 0)
        select new Case(
            new(
                "any",
                zone,
                Days.Zip(week).ToDictionary(day => day.First, day => (IReadOnlyList<string>)day.Second),
                [.. holidays.OfType<CalendarHoliday>()],
                [.. workdays.OfType<CalendarWorkday>()]
            ),
            origin
        );

    /// <summary>An instant within so many days of the case's origin: mostly at a full minute, sometimes between.</summary>
    public static Gen<DateTimeOffset> InstantWithin(Case @case, int days) =>
        from minute in Gen.Choose(0, days * 24 * 60 - 1)
        from ticks in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, (int)TimeSpan.TicksPerMinute - 1)))
        select @case.Origin.AddMinutes(minute).AddTicks(ticks);

    /// <summary>Up to so many minutes, mostly full ones.</summary>
    public static Gen<TimeSpan> Working(int minutes) =>
        from minute in Gen.Choose(0, minutes - 1)
        from ticks in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, (int)TimeSpan.TicksPerMinute - 1)))
        select TimeSpan.FromMinutes(minute) + TimeSpan.FromTicks(ticks);

    /// <summary>A failure names its seed; FSCHECK_SEED=number asks other cases than the usual ones.</summary>
    public static void Check<T>(int cases, Gen<T> gen, Action<T> law)
    {
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("FSCHECK_SEED") ?? "20261121");
        var config = Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(new Replay(new Rnd(seed), null));
        FsCheck.Check.One($"FSCHECK_SEED={seed}", config, Prop.ForAll(gen.ToArbitrary(), law));
    }

    private static Gen<string> Time(int first, int last) =>
        from minute in Gen.Frequency(
            (4, Gen.Choose(first / 30, last / 30).Select(half => half * 30)),
            (1, Gen.Choose(first, last))
        )
        select $"{minute / 60:00}:{minute % 60:00}";

    private static Gen<string> Window =>
        from start in Time(0, 23 * 60 + 59)
        from end in Time(0, 24 * 60)
        where start != end && start != "24:00"
        select $"{start}-{end}";

    private static Gen<string> Part =>
        from start in Time(0, 23 * 60 + 59)
        from end in Time(0, 24 * 60)
        where string.CompareOrdinal(start, end) < 0
        select $"{start}-{end}";

    private static Gen<string[]> HoursOfDay =>
        Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(3)))
            .SelectMany(count => Window.ArrayOf(count));

    private static Gen<DateTimeOffset> Origins(string zone)
    {
        var changes = DateTimeZoneProviders
            .Tzdb[zone]
            .GetZoneIntervals(Instant.FromUtc(2016, 1, 1, 0, 0), Instant.FromUtc(2028, 1, 1, 0, 0))
            .Where(period => period.HasStart)
            .Select(period => period.Start.ToDateTimeOffset())
            .Append(new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero))
            .Append(new(2024, 2, 29, 0, 0, 0, TimeSpan.Zero));
        return from near in Gen.Elements(changes)
            from minutes in Gen.OneOf(Gen.Choose(-3 * 24 * 60, 0), Gen.Choose(0, 366 * 24 * 60))
            select new DateTimeOffset(near.Year, near.Month, near.Day, near.Hour, 0, 0, TimeSpan.Zero).AddMinutes(
                minutes
            );
    }

    private static Gen<T?> Sometimes<T>(Gen<T> gen)
        where T : class => Gen.Frequency((4, Gen.Constant<T?>(null)), (1, gen.Select(T? (value) => value)));

    private static Gen<CalendarHoliday> HolidayOn(DateTimeOffset origin, int offset) =>
        from part in Gen.Frequency((1, Gen.Constant<string?>(null)), (1, Part.Select(string? (part) => part)))
        from name in Gen.Elements("Spring Festival", "Stocktaking")
        select new CalendarHoliday(DateOnly.FromDateTime(origin.Date).AddDays(offset), name, part);

    private static Gen<CalendarWorkday> WorkdayOn(DateTimeOffset origin, int offset) =>
        from hours in HoursOfDay
        where hours.Length > 0
        select new CalendarWorkday(DateOnly.FromDateTime(origin.Date).AddDays(offset), "Make-up day", hours);
}
