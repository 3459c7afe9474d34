using NodaTime;

namespace CustomerFeedback.Analytics.Domain.Asking;

/// <summary>How long the periods of a trend are.</summary>
internal enum Grain
{
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>Calendar arithmetic on grains: weeks begin on Monday, quarters in January, April, July and October.</summary>
internal static class Grains
{
    /// <summary>The first day of the period that the day lies in.</summary>
    public static LocalDate FirstDay(this Grain grain, LocalDate day) =>
        grain switch
        {
            Grain.Day => day,
            Grain.Week => day.PlusDays(1 - (int)day.DayOfWeek),
            Grain.Month => new(day.Year, day.Month, 1),
            Grain.Quarter => new(day.Year, day.Month - ((day.Month - 1) % 3), 1),
            Grain.Year => new(day.Year, 1, 1),
        };

    /// <summary>The first day of the period so many periods later.</summary>
    public static LocalDate Plus(this Grain grain, LocalDate firstDay, int periods) =>
        grain switch
        {
            Grain.Day => firstDay.PlusDays(periods),
            Grain.Week => firstDay.PlusWeeks(periods),
            Grain.Month => firstDay.PlusMonths(periods),
            Grain.Quarter => firstDay.PlusMonths(3 * periods),
            Grain.Year => firstDay.PlusYears(periods),
        };

    /// <summary>The period that this one is compared with year on year; a week's is 52 weeks before, so that weekdays match.</summary>
    public static LocalDate YearBefore(this Grain grain, LocalDate firstDay) =>
        grain is Grain.Week ? firstDay.PlusWeeks(-52) : firstDay.PlusYears(-1);
}
