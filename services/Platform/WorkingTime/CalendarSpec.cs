namespace CustomerFeedback.WorkingTime;

/// <summary>A working calendar as it is written down and exchanged: weekly hours, holidays and make-up workdays.</summary>
/// <param name="Id">The calendar's name.</param>
/// <param name="Zone">The IANA zone whose wall clock all times are read on.</param>
/// <param name="Week">
/// Windows such as <c>09:00-12:00</c> by day (<c>mon</c> to <c>sun</c>); <c>22:00-06:00</c> runs overnight and belongs to
/// the day it starts on; a day that is absent or has none is closed.
/// </param>
/// <param name="Holidays">Dates, or parts of dates, that are closed.</param>
/// <param name="Workdays">Make-up days: their hours replace the day's hours and win over a holiday on that date.</param>
public sealed record CalendarSpec(
    string Id,
    string Zone,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Week,
    IReadOnlyList<CalendarHoliday> Holidays,
    IReadOnlyList<CalendarWorkday> Workdays
);

/// <summary>A closed date; with a part (<c>12:00-24:00</c>) only that part of it is closed.</summary>
public sealed record CalendarHoliday(DateOnly Date, string Name, string? Part);

/// <summary>A make-up workday with the hours that hold on it instead of the weekday's.</summary>
public sealed record CalendarWorkday(DateOnly Date, string Name, IReadOnlyList<string> Hours);

/// <summary>Why a calendar is refused: where (JSON pointer), a stable code, and a sentence for people.</summary>
public sealed record CalendarProblem(string Pointer, string Code, string Message);
