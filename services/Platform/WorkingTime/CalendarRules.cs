using NodaTime;

namespace CustomerFeedback.WorkingTime;

/// <summary>Hours in minutes from the midnight they belong to; an end past 1440 lies on the next date (overnight).</summary>
internal readonly record struct Window(int Start, int End);

/// <summary>A piece of one date, in minutes from its midnight, with the reason that decides it.</summary>
internal readonly record struct Piece(int Start, int End, Reason Reason);

/// <summary>The hours of one date and why they are open.</summary>
internal sealed record DayHours(IReadOnlyList<Window> Windows, Reason Reason);

/// <summary>
/// A validated calendar: which minutes of a date are open on the wall clock of the zone. Dates are day numbers
/// (<see cref="DateOnly.DayNumber"/>), so that the ends of the supported range need no special care.
/// </summary>
internal sealed record CalendarRules(
    DateTimeZone Zone,
    IReadOnlyList<DayHours> Week,
    IReadOnlyDictionary<int, Piece> Closures,
    IReadOnlyDictionary<int, DayHours> MakeUps
)
{
    public const int MinutesPerDay = 24 * 60;

    /// <summary>The whole date in order and without gaps (services/adr/0009-working-time.md has the rules in words).</summary>
    public IEnumerable<Piece> On(int day)
    {
        var layers = Layers(day).ToList();
        var cuts = new SortedSet<int> { 0, MinutesPerDay };
        foreach (var layer in layers)
        {
            cuts.Add(layer.Start);
            cuts.Add(layer.End);
        }

        var start = 0;
        foreach (var end in cuts.Skip(1))
        {
            yield return new(start, end, ReasonAt(start));
            start = end;
        }

        Reason ReasonAt(int minute)
        {
            foreach (var layer in layers)
                if (layer.Start <= minute && minute < layer.End)
                    return layer.Reason;
            return Reason.ClosedHours;
        }
    }

    /// <summary>What decides about the date; the first that covers a minute wins.</summary>
    private IEnumerable<Piece> Layers(int day)
    {
        if (!MakeUps.ContainsKey(day) && Closures.TryGetValue(day, out var closure))
            yield return closure;

        var today = HoursOf(day);
        foreach (var window in today.Windows)
            yield return new(window.Start, Math.Min(window.End, MinutesPerDay), today.Reason);

        var yesterday = HoursOf(day - 1);
        foreach (var window in yesterday.Windows)
            if (window.End > MinutesPerDay)
                yield return new(0, window.End - MinutesPerDay, yesterday.Reason);
    }

    /// <summary>The windows that start on the date. Day number 0 (0001-01-01) is a Monday.</summary>
    private DayHours HoursOf(int day) => MakeUps.TryGetValue(day, out var makeUp) ? makeUp : Week[((day % 7) + 7) % 7];
}
