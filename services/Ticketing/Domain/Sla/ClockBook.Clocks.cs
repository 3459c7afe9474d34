namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <content>What can be done to one clock.</content>
internal sealed partial class ClockBook
{
    /// <summary>Null where the policy has no target for it.</summary>
    private SlaClock? Start(
        ClockName name,
        DateTimeOffset since,
        string because,
        Scene scene,
        ClockMark? mark = null,
        DateTimeOffset? estimate = null,
        ClockMove.CollaborationAsked? form = null
    )
    {
        since = ToMicroseconds(since);
        var terms = scene.Terms?.Of(name);
        var wanted = form is null
            ? terms?.GoalOf(name, scene.Facts, since, estimate)
            : terms?.GoalBy(ToMicroseconds(form.AnswerBy), name, since);
        if (wanted is not { } goal)
            return null;

        var pauses = PausesSince(since, scene);
        var clock = SlaClock.Start(
            ticketId,
            name,
            scene.Facts.Episode,
            scene.At,
            new(since, ClockEvent.Started, because)
            {
                Pin = terms!.Pin,
                Terms = terms,
                Goal = goal,
                Estimate = estimate,
                Mark = mark,
                AttachedAt = mark is null ? null : scene.At,
            },
            form?.Form
        );
        foreach (var pause in pauses)
            clock.Note(pause);

        clocks.Add(clock);
        var reading = ClockReading.Of(clock, scene.At);
        Tell(clock, new ClockChange.Started(clock, reading));
        if (clock.Trace.PeriodAt(scene.At).Paused is { } reason)
            Tell(clock, new ClockChange.Paused(clock, reading, reason));
        return clock;
    }

    /// <summary>The pauses of the ticket that a new clock has missed: known to the other clocks of the episode, and to the facts.</summary>
    private List<ClockEntry> PausesSince(DateTimeOffset since, Scene scene)
    {
        var known = clocks
            .Where(clock => clock.Episode == scene.Facts.Episode && since < scene.At)
            .SelectMany(clock => clock.Entries)
            .Where(entry => entry.Event is ClockEvent.Paused or ClockEvent.Resumed)
            .DistinctBy(entry => (entry.At, entry.Event))
            .OrderBy(entry => entry.At)
            .ToList();

        var pauses = new List<ClockEntry>();
        // The resolution ended a wait that nobody else had ended.
        var resolved = scene.Facts.ResolvedAt <= since;
        if (!resolved && known.FindLast(entry => entry.At <= since) is { Event: ClockEvent.Paused } lasting)
            pauses.Add(lasting with { At = since });
        pauses.AddRange(known.Where(entry => entry.At > since));

        var waits = pauses is [.., { Event: ClockEvent.Paused }];
        if (scene.Facts.Waiting is { } reason && !waits)
            pauses.Add(Paused(scene.At, reason, $"paused: {Word.Of(reason)}"));
        else if (scene.Facts.Waiting is null && waits)
            pauses.Add(new(scene.At, ClockEvent.Resumed, $"resumed{scene.ByWhom}"));
        return pauses;
    }

    /// <summary>Meets the instance that was under way then.</summary>
    private void Meet(ClockName name, Scene scene, string because, ClockMark? mark = null)
    {
        if (clocks.Find(clock => clock.Name == name && !clock.Trace.IsOver(scene.At)) is { } clock)
            Meet(clock, scene, scene.At, because + scene.ByWhom, mark);
    }

    private void Meet(SlaClock clock, Scene scene, DateTimeOffset at, string because, ClockMark? mark = null)
    {
        var wasOver = !clock.IsOpen;
        clock.Note(new(at, ClockEvent.Met, because) { Mark = mark });
        if (!wasOver)
            clock.HeldBy(scene.Facts.Assignee);
        var withdrawn = clock.IsJudged && clock.Trace.BreachAt is null;
        if (withdrawn)
            clock.WithdrawBreach();
        var metAt = clock.Trace.End!.At;
        Tell(
            clock,
            new ClockChange.Met(clock, ClockReading.Of(clock, Later(metAt, scene.At)), metAt, wasOver || withdrawn)
        );
    }

    /// <summary>Meets the clock of a named episode: once, and not where it had ended before what meets it happened.</summary>
    private void Fulfil(ClockMove.Fulfilled fulfilled, Scene scene)
    {
        var because = Word.Of(fulfilled.Clock);
        if (fulfilled.Episode is not { } episode)
        {
            Meet(fulfilled.Clock, scene, because, fulfilled.Mark);
            return;
        }
        // Between two hosts' clocks an answer may look older than its question: it counts from the start then.
        var clock = clocks.Find(clock =>
            clock.Name == fulfilled.Clock
            && clock.Episode == episode
            && clock.Trace.End?.Event is not ClockEvent.Met
            && !clock.Trace.IsOver(Later(scene.At, clock.StartedAt))
        );
        if (clock is not null)
            Meet(clock, scene, Later(scene.At, clock.StartedAt), because + scene.ByWhom, fulfilled.Mark);
    }

    private void Drop(ClockMove.Dropped dropped, Scene scene)
    {
        foreach (var clock in Open().Where(clock => clock.Name == dropped.Clock))
        {
            if ((dropped.Episode ?? clock.Episode) == clock.Episode)
                Cancel(clock, dropped.Reason, scene);
        }
    }

    private void Acknowledge(SlaClock clock, Scene scene)
    {
        if (clock.Trace.AcknowledgedAt is not null)
            return;
        clock.Note(new(scene.At, ClockEvent.Acknowledged, "escalation acknowledged" + scene.ByWhom));
        Tell(clock, new ClockChange.Acknowledged(clock, ClockReading.Of(clock, scene.At)));
    }

    private void Cancel(SlaClock clock, string reason, Scene scene)
    {
        clock.Note(
            new(NotBeforeVerdict(clock, scene.At), ClockEvent.Cancelled, reason + scene.ByWhom) { Word = reason }
        );
        clock.HeldBy(scene.Facts.Assignee);
        Tell(
            clock,
            new ClockChange.Cancelled(clock, ClockReading.Of(clock, Later(clock.EndedAt!.Value, scene.At)), reason)
        );
    }

    private static ClockEntry Paused(DateTimeOffset at, PauseReason reason, string because) =>
        new(at, ClockEvent.Paused, because) { Reason = reason };

    /// <summary>Once breached, always breached: only what meets a clock in time can withdraw its verdict. A pause or an end comes after it, also at the same instant.</summary>
    private static DateTimeOffset NotBeforeVerdict(SlaClock clock, DateTimeOffset at) =>
        clock.BreachedAt is { } judged ? Later(at, judged.AddMicroseconds(1)) : at;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
