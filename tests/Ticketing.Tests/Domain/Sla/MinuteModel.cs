using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

/// <summary>What happens to the ticket in a random story, at full minutes after its receipt.</summary>
internal abstract record Happens(int Minute)
{
    public sealed record Pause(int Minute, PauseReason Reason) : Happens(Minute);

    public sealed record Resume(int Minute) : Happens(Minute);

    public sealed record Upgrade(int Minute, Urgency Urgency) : Happens(Minute);

    public sealed record Meet(int Minute) : Happens(Minute);
}

/// <summary>A random story: a calendar, one clock's targets in minutes, the reasons that stop it, and what happens.</summary>
internal sealed record RandomStory(
    CalendarSpec Spec,
    DateTimeOffset Start,
    IReadOnlyDictionary<Urgency, int> Targets,
    IReadOnlyList<PauseReason> PauseOn,
    IReadOnlyList<Happens> Happenings,
    int Length
)
{
    public override string ToString() =>
        $"""
            {Start:u}, {Length} min, targets {string.Join(" ", Targets)}, pauses on {string.Join(" ", PauseOn)}
              {Spec.Zone} {string.Join(" ", Spec.Week.Select(day => $"{day.Key}=[{string.Join(", ", day.Value)}]"))}
              holidays {string.Join(" ", Spec.Holidays)}
              {string.Join("\n  ", Happenings)}
            """;
}

/// <summary>
/// The second implementation: a stopwatch that looks at the wall clock once a minute. No segments, no due times, no
/// arithmetic: it counts open minutes while the clock runs, and notices when the count is full.
/// </summary>
internal sealed class MinuteModel
{
    private readonly RandomStory _story;
    private readonly TimeZoneInfo _zone;

    // For each minute in which the clock ran: how much it had counted by then.
    private readonly List<(int Minute, int Counted)> _ran = [];

    public MinuteModel(RandomStory story)
    {
        _story = story;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(story.Spec.Zone);
        Run();
    }

    public int Counted { get; private set; }
    public int? BreachMinute { get; private set; }
    public BreachCause? Cause { get; private set; }
    public int? MetMinute { get; private set; }
    public bool Paused { get; private set; }

    private void Run()
    {
        var target = _story.Targets[Urgency.Normal];
        PauseReason? waiting = null;
        for (var minute = 0; minute <= _story.Length; minute++)
        {
            foreach (var happening in _story.Happenings.Where(happening => happening.Minute == minute))
            {
                switch (happening)
                {
                    case Happens.Pause pause when waiting is null:
                        waiting = pause.Reason;
                        Paused = _story.PauseOn.Contains(pause.Reason);
                        break;
                    case Happens.Resume:
                        waiting = null;
                        Paused = false;
                        break;
                    case Happens.Upgrade upgrade when BreachMinute is null && _story.Targets[upgrade.Urgency] != target:
                        target = _story.Targets[upgrade.Urgency];
                        if (_ran.Exists(ran => ran.Minute < minute && ran.Counted >= target))
                            (BreachMinute, Cause) = (minute, BreachCause.Retarget);
                        break;
                    case Happens.Meet:
                        MetMinute = minute;
                        return;
                }
            }

            if (Paused)
                continue;
            if (BreachMinute is null && Counted >= target)
                (BreachMinute, Cause) = (minute, BreachCause.Elapsed);
            _ran.Add((minute, Counted));
            if (minute < _story.Length && IsOpen(_story.Start.AddMinutes(minute)))
                Counted++;
        }
    }

    private bool IsOpen(DateTimeOffset instant)
    {
        var wall = TimeZoneInfo.ConvertTime(instant, _zone);
        var date = DateOnly.FromDateTime(wall.DateTime);
        if (_story.Spec.Holidays.Any(holiday => holiday.Date == date))
            return false;
        var day = wall.DayOfWeek.ToString()[..3].ToLowerInvariant();
        var now = $"{wall.Hour:00}:{wall.Minute:00}";
        return _story
            .Spec.Week.GetValueOrDefault(day, [])
            .Any(window => string.CompareOrdinal(now, window[..5]) >= 0 && string.CompareOrdinal(now, window[6..]) < 0);
    }
}
