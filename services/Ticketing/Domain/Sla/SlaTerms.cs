using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>One version of a policy; never edited.</summary>
internal sealed record SlaPolicyVersion(SlaPolicy Policy, int Version);

/// <summary>One version of a calendar; never edited.</summary>
internal sealed record CalendarVersion(WorkCalendar Calendar, int Version)
{
    public string Id => Calendar.Spec.Id;
}

/// <summary>The names of the versions that a clock is pinned to.</summary>
internal sealed record SlaPin(string PolicyId, int PolicyVersion, string CalendarId, int CalendarVersion);

/// <summary>What new clocks pin: a policy version with the calendar version that held then.</summary>
internal sealed record SlaTerms(SlaPolicyVersion Policy, CalendarVersion Calendar)
{
    public SlaPin Pin { get; } = new(Policy.Policy.Id, Policy.Version, Calendar.Id, Calendar.Version);

    /// <summary>Finds the calendars that the policy names for single clocks, as they hold now; null where nobody asks for new clocks.</summary>
    public Func<string, CalendarVersion?>? Beside { get; init; }

    /// <summary>What a new clock of that name pins: the policy may name a calendar of its own for it.</summary>
    internal SlaTerms Of(ClockName clock) =>
        Policy.Policy.CalendarOf(clock) is var own && own != Calendar.Id && Beside?.Invoke(own) is { } calendar
            ? new(Policy, calendar) { Beside = Beside }
            : this;

    /// <summary>The first policy, by order, that covers the ticket; null where none does, and then no clock starts.</summary>
    public static SlaTerms? Match(IEnumerable<SlaTerms> current, SlaFacts facts) =>
        current
            .Where(terms => terms.Policy.Policy.Match.Covers(facts))
            .OrderBy(terms => terms.Policy.Policy.Order)
            .ThenBy(terms => terms.Policy.Policy.Id, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>Targets that the calendars of these terms have no time for.</summary>
    public IEnumerable<PolicyProblem> NeverDue() =>
        Policy
            .Policy.Targets.Keys.Select(clock => Of(clock).Calendar)
            .DistinctBy(calendar => calendar.Id)
            .SelectMany(calendar => Policy.Policy.NeverDue(calendar.Calendar));

    /// <summary>What a clock is held to that is due at an instant of its own; with no working time until then it warns at once.</summary>
    internal ClockGoal GoalBy(DateTimeOffset due, ClockName clock, DateTimeOffset start) =>
        new(Calendar.Calendar.Between(start, due), due, Policy.Policy.PauseOn.GetValueOrDefault(clock, []));

    /// <summary>What a clock that starts at <paramref name="start"/> is held to; null where the policy has no target for it.</summary>
    /// <param name="estimate">An announced estimate carries the next update to itself where that is later, within the policy's cap.</param>
    internal ClockGoal? GoalOf(ClockName clock, SlaFacts facts, DateTimeOffset start, DateTimeOffset? estimate)
    {
        if (Policy.Policy.TargetOf(clock, facts) is not { } target)
            return null;
        var pauseOn = Policy.Policy.PauseOn.GetValueOrDefault(clock, []);
        if (estimate is not { } announced)
            return new(target, null, pauseOn);

        var calendar = Calendar.Calendar;
        if (
            Policy.Policy.Targets[clock] is ClockTargets.OfProgress { Cap: { } cap }
            && calendar.Add(start, cap) is var last
            && last < announced
        )
            announced = last;
        return announced > calendar.Add(start, target)
            ? new(calendar.Between(start, announced), announced, pauseOn)
            : new(target, null, pauseOn);
    }
}

/// <summary>What a clock is held to.</summary>
/// <param name="Target">Working time.</param>
/// <param name="NotBefore">An announced estimate: it is not due earlier, even where that instant lies in closed hours.</param>
/// <param name="PauseOn">The reasons that stop it.</param>
internal sealed record ClockGoal(TimeSpan Target, DateTimeOffset? NotBefore, IReadOnlyList<PauseReason> PauseOn);
