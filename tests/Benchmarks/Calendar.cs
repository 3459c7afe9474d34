using System.Diagnostics;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Benchmarks;

/// <summary>Due times on a year of office hours with lunch breaks, holidays and make-up days: computations per second on one core.</summary>
internal static class Calendar
{
    private static readonly string[] OfficeHours = ["09:00-12:00", "13:30-18:00"];
    private static readonly string[] WorkingDays = ["mon", "tue", "wed", "thu", "fri"];

    public static void Run()
    {
        var calendar = Office();
        var year = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var starts = Enumerable.Range(0, 4096).Select(i => year.AddMinutes(i * 127.3)).ToArray();

        Figures.Title("Calendar arithmetic, one core, office hours with 13 holidays and 6 make-up days");
        Figures.Print(
            "due time of a 4 h target",
            PerSecond(i => calendar.Add(starts[i & 4095], TimeSpan.FromHours(4)))
        );
        Figures.Print(
            "due time of a 72 h target",
            PerSecond(i => calendar.Add(starts[i & 4095], TimeSpan.FromHours(72)))
        );
        Figures.Print(
            "working time between two instants",
            PerSecond(i => calendar.Between(starts[i & 4095], starts[(i * 31) & 4095]))
        );
        Figures.Print(
            "explanation of three days, stretch by stretch",
            PerSecond(i => calendar.Stretches(starts[i & 4095], starts[i & 4095].AddDays(3)).Count())
        );
    }

    private static string PerSecond<T>(Func<int, T> compute)
    {
        const int n = 2_000_000;
        var rates = new List<double>();
        for (var round = 0; round < 4; round++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < n; i++)
                compute(i);
            if (round > 0) // the first one warms up
                rates.Add(n / clock.Elapsed.TotalSeconds);
        }

        return $"{Figures.Median(rates) / 1e6:0.0} M/s";
    }

    private static WorkCalendar Office()
    {
        var holidays = Enumerable
            .Range(0, 13)
            .Select(i => new CalendarHoliday(new(2026, 1 + i % 12, 3 + i), "holiday", null));
        var workdays = Enumerable
            .Range(0, 6)
            .Select(i => new CalendarWorkday(new(2026, 2 + i, 25), "make-up", OfficeHours));
        var spec = new CalendarSpec(
            "office",
            "Asia/Shanghai",
            WorkingDays.ToDictionary(day => day, _ => (IReadOnlyList<string>)OfficeHours),
            [.. holidays],
            [.. workdays]
        );
        return WorkCalendar.TryCreate(spec, out var problems)
            ?? throw new InvalidOperationException(string.Join("; ", problems));
    }
}
