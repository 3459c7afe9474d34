using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>One version of a policy: written once.</summary>
internal sealed class SlaPolicyRow
{
    public required string PolicyId { get; init; }
    public required int Version { get; init; }

    /// <summary>JSON, in the shape of its PUT.</summary>
    public required string Body { get; init; }
    public required string PublishedBy { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
}

/// <summary>One version of a calendar: written once.</summary>
internal sealed class SlaCalendarRow
{
    public required string CalendarId { get; init; }
    public required int Version { get; init; }

    /// <summary>JSON, in the shape of its PUT.</summary>
    public required string Body { get; init; }
    public required string PublishedBy { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
}

/// <summary>A clock instance as it lies in its table. Entries and fired steps are its truth, the rest is derived from them for indexes and queries.</summary>
internal sealed class SlaClockRow
{
    public required Guid Id { get; init; }
    public required Guid TicketId { get; init; }
    public required ClockName Clock { get; init; }
    public required int Episode { get; init; }
    public Guid? Subject { get; init; }
    public string PolicyId { get; private set; } = "";
    public int PolicyVersion { get; private set; }
    public string CalendarId { get; private set; } = "";
    public int CalendarVersion { get; private set; }
    public string? Owner { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset? DueAt { get; private set; }
    public DateTimeOffset? BreachedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public DateTimeOffset? NextStepAt { get; private set; }
    public string Entries { get; private set; } = "[]";
    public string[] Fired { get; private set; } = [];

    public static SlaClockRow Of(SlaClock clock)
    {
        var row = new SlaClockRow
        {
            Id = clock.Id,
            TicketId = clock.TicketId,
            Clock = clock.Name,
            Episode = clock.Episode,
            Subject = clock.Subject,
        };
        row.Take(clock);
        return row;
    }

    /// <summary>Takes over how the clock stands now.</summary>
    public void Take(SlaClock clock)
    {
        (PolicyId, PolicyVersion, CalendarId, CalendarVersion) = clock.Pin;
        Owner = clock.Owner;
        StartedAt = clock.StartedAt;
        DueAt = clock.DueAt;
        BreachedAt = clock.BreachedAt;
        EndedAt = clock.EndedAt;
        NextStepAt = clock.NextStepAt;
        Entries = SlaDocuments.Write(clock.Entries);
        Fired = [.. clock.Fired.Order(StringComparer.Ordinal)];
    }

    /// <summary>The clock; see <see cref="SlaCatalog.Restore"/>.</summary>
    public SlaClock Clocked(IEnumerable<ClockEntry> entries, Func<SlaPin, SlaTerms> terms) =>
        SlaClock.Restore(Id, TicketId, Clock, Episode, Subject, Owner, BreachedAt, entries, Fired, terms);
}

/// <summary>A step that fired: the unique key makes it once, whatever the number of replicas.</summary>
internal sealed class SlaStepRow
{
    public required Guid ClockId { get; init; }

    /// <summary><c>warn:0.5</c>, <c>breach</c>, <c>at:1</c>, <c>after:PT30M</c>.</summary>
    public required string Step { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset FiredAt { get; init; }

    /// <summary>Null where the change is no step.</summary>
    public static SlaStepRow? Of(ClockChange change, DateTimeOffset firedAt)
    {
        var (key, dueAt) = change switch
        {
            ClockChange.WarningReached(_, _, var warning, _, var reachedAt) => (warning, reachedAt),
            ClockChange.Breached(_, _, var breachedAt, _) => (ClockStep.BreachKey, breachedAt),
            ClockChange.StepFired(_, _, var step, _, var stepDueAt) => (step, stepDueAt),
            _ => (null, default),
        };
        return key is null
            ? null
            : new()
            {
                ClockId = change.Clock.Id,
                Step = key,
                DueAt = dueAt,
                FiredAt = firedAt,
            };
    }
}
