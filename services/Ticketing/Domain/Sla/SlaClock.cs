namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>
/// One clock instance: one row, and one case in every count of attainment. Its truth is the list of entries and the steps
/// that have fired; everything else is derived from them, and stored only for indexes and queries.
/// </summary>
internal sealed class SlaClock
{
    private readonly List<ClockEntry> entries = [];
    private readonly HashSet<string> fired = [];
    private ClockTrace? trace;

    private SlaClock() { }

    public Guid Id { get; private set; }
    public Guid TicketId { get; private set; }
    public ClockName Name { get; private set; }
    public int Episode { get; private set; }

    /// <summary>What it is about, where an episode has several of its name: a collaboration's form.</summary>
    public Guid? Subject { get; private set; }

    /// <summary>Who held the ticket when the clock ended.</summary>
    public string? Owner { get; private set; }

    /// <summary>In order of event time; see <see cref="ClockEntry"/>.</summary>
    public IReadOnlyList<ClockEntry> Entries => entries;

    /// <summary>Keys of the steps that have fired.</summary>
    public IReadOnlySet<string> Fired => fired;

    // Caches of what the entries come to.
    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset? DueAt { get; private set; }
    public DateTimeOffset? BreachedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When the timer next has something to do; null when nothing lies ahead.</summary>
    public DateTimeOffset? NextStepAt { get; private set; }

    public ClockTrace Trace => trace ??= ClockTrace.Of(entries);
    public SlaPin Pin => Trace.Terms.Pin;
    public bool IsOpen => Trace.End is null;
    public IReadOnlyList<ClockMark> Marks =>
        [
            .. entries
                .TakeWhile(entry => entry.At <= (EndedAt ?? DateTimeOffset.MaxValue))
                .Select(entry => entry.Mark)
                .OfType<ClockMark>()
                .Distinct(),
        ];

    /// <summary>It was made or moved since it was read: its row is to be written.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The breach is on record: its step has fired and was not withdrawn.</summary>
    public bool IsJudged => BreachedAt is not null;

    internal static SlaClock Start(
        Guid ticketId,
        ClockName name,
        int episode,
        DateTimeOffset recordedAt,
        ClockEntry start,
        Guid? subject = null
    )
    {
        var clock = new SlaClock
        {
            Id = Guid.CreateVersion7(recordedAt),
            TicketId = ticketId,
            Name = name,
            Episode = episode,
            Subject = subject,
        };
        clock.Note(start);
        return clock;
    }

    /// <summary>A clock as it was stored.</summary>
    /// <param name="terms">Finds the versions that the entries name.</param>
    public static SlaClock Restore(
        Guid id,
        Guid ticketId,
        ClockName name,
        int episode,
        Guid? subject,
        string? owner,
        DateTimeOffset? breachedAt,
        IEnumerable<ClockEntry> entries,
        IEnumerable<string> fired,
        Func<SlaPin, SlaTerms> terms
    )
    {
        var clock = new SlaClock
        {
            Id = id,
            TicketId = ticketId,
            Name = name,
            Episode = episode,
            Subject = subject,
            Owner = owner,
            BreachedAt = breachedAt,
        };
        clock.fired.UnionWith(fired);
        clock.entries.AddRange(
            entries.Select(entry => entry.Pin is { } pin ? entry with { Terms = terms(pin) } : entry)
        );
        clock.Derive();
        return clock;
    }

    /// <summary>Puts a line where its time belongs: after what happened at the same instant, never before the start.</summary>
    internal void Note(ClockEntry entry)
    {
        if (entries.Count > 0 && entry.At < entries[0].At)
            entry = entry with { At = entries[0].At };
        entries.Insert(entries.FindLastIndex(other => other.At <= entry.At) + 1, entry);
        IsChanged = true;
        Derive();
    }

    /// <summary>What lies ahead if nothing more happens.</summary>
    internal IReadOnlyList<ClockStep> StepsAhead() => ClockSteps.Ahead(Trace, fired);

    internal void Fire(ClockStep step)
    {
        IsChanged |= fired.Add(step.Key);
        if (step is ClockStep.Breach breach)
            BreachedAt = breach.DueAt;
        Derive();
    }

    internal void HeldBy(string? owner) => Owner = owner;

    /// <summary>A breach that was recorded did not happen: what met the clock in time became known late.</summary>
    internal void WithdrawBreach()
    {
        BreachedAt = null;
        var end = entries.FindIndex(entry => entry == Trace.End);
        entries[end] = entries[end] with { Mark = entries[end].Mark ?? ClockMark.Corrected };
        Derive();
    }

    private void Derive()
    {
        trace = ClockTrace.Of(entries);
        StartedAt = trace.StartedAt;
        DueAt = trace.DueAt;
        EndedAt = trace.End?.At;
        NextStepAt = StepsAhead() is [var next, ..] ? next.DueAt : null;
    }
}
