using System.Collections.Frozen;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>What is promised to the tickets it matches. Immutable: a change is a new version.</summary>
internal sealed class SlaPolicy
{
    internal SlaPolicy(
        string id,
        int order,
        PolicyMatch match,
        string calendarId,
        IReadOnlyDictionary<ClockName, ClockTargets> targets,
        IReadOnlyList<double> warnAt,
        IReadOnlyList<LadderStep> ladder,
        IReadOnlyDictionary<ClockName, IReadOnlyList<PauseReason>> pauseOn
    )
    {
        Id = id;
        Order = order;
        Match = match;
        CalendarId = calendarId;
        Targets = targets.ToFrozenDictionary();
        WarnAt = warnAt;
        Ladder = ladder;
        PauseOn = pauseOn.ToFrozenDictionary();
    }

    public string Id { get; }
    public int Order { get; }
    public PolicyMatch Match { get; }
    public string CalendarId { get; }
    public FrozenDictionary<ClockName, ClockTargets> Targets { get; }

    /// <summary>Shares of the target, ascending.</summary>
    public IReadOnlyList<double> WarnAt { get; }
    public IReadOnlyList<LadderStep> Ladder { get; }
    public FrozenDictionary<ClockName, IReadOnlyList<PauseReason>> PauseOn { get; }

    /// <summary>Reads a policy; null, with every problem found, where it is malformed.</summary>
    public static SlaPolicy? TryCreate(SlaPolicySpec spec, out IReadOnlyList<PolicyProblem> problems)
    {
        var reader = new SlaPolicyReader(spec);
        var policy = reader.Read();
        problems = reader.Problems;
        return policy;
    }

    /// <summary>The policy as it is written down: durations in hours, minutes and seconds.</summary>
    public SlaPolicySpec Spec =>
        new(
            Id,
            Order,
            Match.Spec,
            CalendarId,
            Targets
                .OrderBy(pair => pair.Key)
                .ToDictionary(pair => Word.Of(pair.Key), pair => (SlaPolicySpec.TargetSpec?)pair.Value.Spec),
            WarnAt,
            [.. Ladder.Select(step => step.Spec)],
            PauseOn
                .OrderBy(pair => pair.Key)
                .ToDictionary(
                    pair => Word.Of(pair.Key),
                    IReadOnlyList<string>? (pair) => [.. pair.Value.Select(Word.Of)]
                )
        );

    /// <summary>The calendar that a clock is counted by.</summary>
    public string CalendarOf(ClockName clock) =>
        Targets.GetValueOrDefault(clock) is ClockTargets.ByUrgency { Calendar: { } own } ? own : CalendarId;

    /// <summary>The calendars that it names, each with its place, the policy's first.</summary>
    public IEnumerable<(string Pointer, string Calendar)> Calendars =>
        Targets
            .Keys.Order()
            .Where(clock => CalendarOf(clock) != CalendarId)
            .Select(clock => ($"/targets/{Word.Of(clock)}/calendar", CalendarOf(clock)))
            .Prepend(("/calendar", CalendarId));

    /// <summary>Weeks of a calendar that the longest target may take: ten years.</summary>
    private const int MostWeeks = 520;

    /// <summary>Targets that their calendar has no time for: a clock that is due in centuries is a mistake, and nobody could compute it.</summary>
    public IEnumerable<PolicyProblem> NeverDue(WorkCalendar calendar) =>
        from target in Targets
        where CalendarOf(target.Key) == calendar.Spec.Id && target.Value.Longest > calendar.Week * MostWeeks
        select new PolicyProblem(
            $"/targets/{Word.Of(target.Key)}",
            "never_due",
            $"Calendar '{calendar.Spec.Id}' is open {calendar.Week.TotalHours:0.##} hours in an ordinary week: this takes more than ten years."
        );

    /// <summary>The target of a clock on such a ticket; null where the clock is not started.</summary>
    public TimeSpan? TargetOf(ClockName clock, SlaFacts facts) =>
        Targets.TryGetValue(clock, out var targets) ? targets.For(facts) : null;
}

/// <summary>The targets of one clock.</summary>
internal abstract record ClockTargets
{
    public abstract TimeSpan? For(SlaFacts facts);

    public abstract SlaPolicySpec.TargetSpec Spec { get; }

    /// <summary>The longest of them; null where there is none.</summary>
    public abstract TimeSpan? Longest { get; }

    private static string? Text(TimeSpan? target) => target is { } duration ? IsoDuration.Write(duration) : null;

    /// <param name="Calendar">What it is counted by; null for the policy's.</param>
    public sealed record ByUrgency(TimeSpan? Normal, TimeSpan? Urgent, TimeSpan? Critical, string? Calendar = null)
        : ClockTargets
    {
        public override TimeSpan? For(SlaFacts facts) =>
            facts.Urgency switch
            {
                Urgency.Normal => Normal,
                Urgency.Urgent => Urgent,
                Urgency.Critical => Critical,
            };

        public override SlaPolicySpec.TargetSpec Spec =>
            new(Text(Normal), Text(Urgent), Text(Critical), Calendar: Calendar);

        public override TimeSpan? Longest => new[] { Normal, Urgent, Critical }.Max();
    }

    /// <summary>Of progress_update: by complexity.</summary>
    /// <param name="Cap">How far an announced estimate may carry the next update; null = as far as announced.</param>
    public sealed record OfProgress(TimeSpan? Simple, TimeSpan? Complex, TimeSpan? Cap) : ClockTargets
    {
        public override TimeSpan? For(SlaFacts facts) => facts.Complex ? Complex : Simple;

        public override SlaPolicySpec.TargetSpec Spec =>
            new(Simple: Text(Simple), Complex: Text(Complex), Cap: Text(Cap));

        public override TimeSpan? Longest => new[] { Simple, Complex, Cap }.Max();
    }
}

/// <summary>Which tickets a policy is for; null matches anything.</summary>
internal sealed record PolicyMatch(
    RequestType? Type,
    Category? Category,
    int? ComplaintLevel,
    Urgency? Urgency,
    Segment? Segment,
    Channel? Channel,
    string? Team
)
{
    public SlaPolicySpec.MatchSpec Spec =>
        new(
            Type is { } type ? Word.Of(type) : null,
            Category is { } category ? Word.Of(category) : null,
            ComplaintLevel,
            Urgency is { } urgency ? Word.Of(urgency) : null,
            Segment is { } segment ? Word.Of(segment) : null,
            Channel is { } channel ? Word.Of(channel) : null,
            Team
        );

    public bool Covers(SlaFacts facts) =>
        (Type is null || Type == facts.Type)
        && (Category is null || Category == facts.Category)
        && (ComplaintLevel is null || ComplaintLevel == facts.ComplaintLevel)
        && (Urgency is null || Urgency == facts.Urgency)
        && (Segment is null || Segment == facts.Segment)
        && (Channel is null || Channel == facts.Channel)
        && (Team is null || Team == facts.Team);
}

/// <summary>One step of the ladder: at a share of the target, or a wall time after the breach. <paramref name="Key"/> is unique in its ladder.</summary>
internal sealed record LadderStep(
    string Key,
    double? At,
    TimeSpan? After,
    EscalationTarget To,
    EscalationAction Action = EscalationAction.Notify
)
{
    public SlaPolicySpec.StepSpec Spec =>
        new(
            At,
            After is { } after ? IsoDuration.Write(after) : null,
            Word.Of(To),
            Action is EscalationAction.Notify ? null : Word.Of(Action)
        );
}
