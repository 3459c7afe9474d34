using CustomerFeedback.WorkingTime;
using NodaTime;
using NodaTime.Text;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>What kind of day a date is on a calendar.</summary>
internal enum DayKind
{
    Working,
    Closed,
    Holiday,
    PartHoliday,
    MakeUp,
}

/// <summary>One date of a calendar as people see it.</summary>
/// <param name="Hours">When it is open, on the wall clock: <c>09:00-12:00</c>; a night shift shows on both of its dates.</param>
/// <param name="Name">Of the holiday or make-up day.</param>
/// <param name="Minutes">Open time that really passes: an hour that the clocks skip is missing, one that they repeat counts twice.</param>
internal sealed record PreviewedDay(
    DateOnly Date,
    DayKind Kind,
    IReadOnlyList<string> Hours,
    string? Name,
    int Minutes
);

/// <summary>A month's sums.</summary>
/// <param name="Days">Dates with open time.</param>
internal sealed record PreviewedMonth(int Month, int Days, int Minutes, int Holidays, int MakeUps);

/// <summary>Lays a year of a calendar out, date by date, by the arithmetic that due times are computed with.</summary>
internal static class CalendarPreview
{
    public const int FirstYear = 1970;
    public const int LastYear = 2199;

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static IReadOnlyList<PreviewedDay> Days(WorkCalendar calendar, int year)
    {
        var zone = DateTimeZoneProviders.Tzdb[calendar.Spec.Zone];
        var holidays = calendar.Spec.Holidays.ToDictionary(holiday => holiday.Date);
        var makeUps = calendar.Spec.Workdays.ToDictionary(workday => workday.Date);
        var first = new DateOnly(year, 1, 1);
        return
        [
            .. Enumerable
                .Range(0, DateTime.IsLeapYear(year) ? 366 : 365)
                .Select(first.AddDays)
                .Select(date => Day(date, holidays.GetValueOrDefault(date), makeUps.GetValueOrDefault(date))),
        ];

        PreviewedDay Day(DateOnly date, CalendarHoliday? holiday, CalendarWorkday? makeUp)
        {
            var midnight = LocalDate.FromDateOnly(date);
            var (from, to) = (zone.AtStartOfDay(midnight), zone.AtStartOfDay(midnight.PlusDays(1)));
            var open = calendar
                .Stretches(from.ToDateTimeOffset(), to.ToDateTimeOffset())
                .Where(stretch => stretch.Kind is StretchKind.Open)
                .ToList();
            var minutes = (int)open.Sum(stretch => (stretch.To - stretch.From).TotalMinutes);
            // A make-up day outweighs a holiday on its date.
            var kind =
                makeUp is not null ? DayKind.MakeUp
                : holiday is { Part: null or "00:00-24:00" } ? DayKind.Holiday
                : holiday is not null ? DayKind.PartHoliday
                : minutes > 0 ? DayKind.Working
                : DayKind.Closed;
            return new(date, kind, [.. open.Select(Window)], makeUp?.Name ?? holiday?.Name, minutes);

            string Window(Stretch stretch)
            {
                var end = stretch.To == to.ToDateTimeOffset() ? "24:00" : At(stretch.To);
                return $"{At(stretch.From)}-{end}";
            }
        }

        string At(DateTimeOffset instant) => Time.Format(Instant.FromDateTimeOffset(instant).InZone(zone).TimeOfDay);
    }

    public static IReadOnlyList<PreviewedMonth> Months(IEnumerable<PreviewedDay> days) =>
        [
            .. days.GroupBy(day => day.Date.Month)
                .Select(month => new PreviewedMonth(
                    month.Key,
                    month.Count(day => day.Minutes > 0),
                    month.Sum(day => day.Minutes),
                    month.Count(day => day.Kind is DayKind.Holiday or DayKind.PartHoliday),
                    month.Count(day => day.Kind is DayKind.MakeUp)
                )),
        ];
}
