namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <content>What each move does: the column "Clocks" of the command table.</content>
internal sealed partial class ClockBook
{
    private void Open(Scene scene)
    {
        var since = scene.Facts.EpisodeStartedAt;
        foreach (var name in ClockRules.Attachable)
        {
            // Complex already at receipt: the plan is owed since then.
            var start =
                name is ClockName.SolutionPlan && scene.Facts.Complex ? since : ClockRules.Since(name, scene.Facts);
            if (start is not null && !Has(name, scene.Facts.Episode))
                Start(name, start.Value, "request received", scene);
        }
    }

    private void StartAtContact(Scene scene)
    {
        var facts = scene.Facts;
        if (!Open().Exists(clock => clock.Name is ClockName.ProgressUpdate))
            Start(ClockName.ProgressUpdate, scene.At, "first contact", scene);
        // The plan may have been given already, or the clock runs since receipt.
        if (facts is { Complex: true, PlanAt: null } && !HadPlan(facts))
            Start(ClockName.SolutionPlan, scene.At, "first contact", scene);
    }

    /// <summary>Each update is the end of one promise and the start of the next. Before the first contact there is none to end (G14).</summary>
    private void RestartProgress(Scene scene, DateTimeOffset? estimate)
    {
        if (scene.Facts.ResolvedAt <= scene.At || (scene.Facts.FirstContactAt is null && scene.Facts.Episode == 1))
            return;
        var current = clocks.Find(clock =>
            clock.Name is ClockName.ProgressUpdate && clock.StartedAt <= scene.At && !clock.Trace.IsOver(scene.At)
        );
        if (current is null && Open().Exists(clock => clock.Name is ClockName.ProgressUpdate))
            return;

        // An update that becomes known late cuts a promise in two: the second half ends as the whole did.
        var laterEnd = current?.Trace.End;
        if (current is not null)
            Meet(current, scene, scene.At, "update to the customer");
        var next = Start(ClockName.ProgressUpdate, scene.At, "update to the customer", scene, estimate: estimate);
        if (next is null || laterEnd is null)
            return;
        next.Note(laterEnd);
        if (laterEnd.Event is ClockEvent.Met)
            Tell(next, new ClockChange.Met(next, ClockReading.Of(next, laterEnd.At), laterEnd.At, IsCorrection: true));
        else
            Tell(next, new ClockChange.Cancelled(next, ClockReading.Of(next, laterEnd.At), laterEnd.Word!));
    }

    private void Pause(PauseReason reason, Scene scene)
    {
        foreach (var clock in Listening(scene))
        {
            var ran = clock.Trace.PeriodAt(scene.At).Paused is null;
            clock.Note(Paused(NotBeforeVerdict(clock, scene.At), reason, $"paused: {Word.Of(reason)}{scene.ByWhom}"));
            if (ran && clock.IsOpen && clock.Trace.PeriodAt(clock.Entries[^1].At).Paused is { } paused)
                Tell(clock, new ClockChange.Paused(clock, ClockReading.Of(clock, scene.At), paused));
        }
    }

    private void Resume(string? because, Scene scene)
    {
        var text = because is null ? $"resumed{scene.ByWhom}" : $"resumed: {because}";
        foreach (var clock in Listening(scene))
            Resume(clock, text, scene);
    }

    private void Resume(SlaClock clock, string text, Scene scene)
    {
        var stood = clock.IsOpen && clock.Trace.PeriodAt(scene.At).Paused is not null;
        clock.Note(new(NotBeforeVerdict(clock, scene.At), ClockEvent.Resumed, text));
        if (stood)
            Tell(clock, new ClockChange.Resumed(clock, ClockReading.Of(clock, scene.At)));
    }

    /// <summary>Who notes that the ticket waits: what is open and, where nothing of the episode is, its last clock, for those that are attached late.</summary>
    private List<SlaClock> Listening(Scene scene)
    {
        var episode = scene.Facts.Episode;
        var open = Open();
        var last = open.Exists(clock => clock.Episode == episode) ? null : clocks.FindLast(c => c.Episode == episode);
        return last is null ? open : [.. open, last];
    }

    private void Resolve(Scene scene)
    {
        Meet(ClockName.Resolution, scene, "resolved");
        Meet(ClockName.ProgressUpdate, scene, "resolved");
        foreach (var name in ClockRules.MetByResolution)
            Meet(name, scene, "resolved", ClockMark.ByResolution);
        if (
            ClockRules.Applies(ClockName.ComplaintFollowUp, scene.Facts)
            && !Has(ClockName.ComplaintFollowUp, scene.Facts.Episode)
        )
            Start(ClockName.ComplaintFollowUp, scene.At, "complaint resolved", scene);
        // What is resolved waits no longer: what goes on all the same, a form's clock, runs.
        foreach (var clock in Open().Where(clock => clock.Trace.Waiting is not null))
            Resume(clock, $"resolved{scene.ByWhom}", scene);
    }

    private void Reopen(Scene scene)
    {
        foreach (var clock in Open().Where(clock => ClockRules.CancelledByReopening.Contains(clock.Name)))
            Cancel(clock, "reopened", scene);

        ReadOnlySpan<ClockName> again = [ClockName.Resolution, ClockName.ProgressUpdate, ClockName.ComplaintResponse];
        foreach (var name in again)
        {
            if (ClockRules.Applies(name, scene.Facts) && !Has(name, scene.Facts.Episode))
                Start(name, scene.At, "ticket reopened", scene);
        }
    }

    private void Reclassify(Scene scene)
    {
        var facts = scene.Facts;
        // A form's time is the form's, whatever the ticket is taken for.
        foreach (var clock in Open().Where(clock => clock.Episode == facts.Episode && clock.Subject is null))
        {
            if (ClockRules.Applies(clock.Name, facts))
                Retarget(clock, scene);
            else
                Cancel(clock, NotApplicable, scene);
        }

        foreach (var name in ClockRules.Attachable)
        {
            var had = name is ClockName.SolutionPlan ? HadPlan(facts) : Has(name, facts.Episode);
            if (!had && ClockRules.Since(name, facts) is { } since)
                AttachLate(name, since, scene);
        }

        // Progress is owed from here on, where the new policy or kind is the first to ask for it.
        var underWay = facts.ResolvedAt is null && (facts.FirstContactAt is not null || facts.Episode > 1);
        if (underWay && !Open().Exists(clock => clock.Name is ClockName.ProgressUpdate))
            Start(ClockName.ProgressUpdate, scene.At, $"classified{scene.ByWhom}", scene);
    }

    /// <summary>A form's time is the form's: no policy set it.</summary>
    private void Rebase(RebaseScope scope, Scene scene)
    {
        foreach (var clock in Open().Where(clock => clock.Subject is null))
        {
            if (scope.Onto(clock.Pin, clock.Name) is { } terms)
                Retarget(clock, terms, scene);
        }
    }

    private void AttachLate(ClockName name, DateTimeOffset since, Scene scene)
    {
        if (Start(name, since, $"classified late{scene.ByWhom}", scene, ClockMark.LateClassification) is not { } clock)
            return;
        if (ClockRules.DoneAt(name, scene.Facts) is { } done)
            Meet(clock, scene, done, "already done");
        else if (scene.Facts.ResolvedAt is { } resolved && ClockRules.MetByResolution.Contains(name))
            Meet(clock, scene, resolved, "resolved", ClockMark.ByResolution);
    }

    /// <summary>The same policy still matches: its pinned version holds, because editing a policy moves nothing silently.</summary>
    private void Retarget(SlaClock clock, Scene scene)
    {
        var pinned = clock.Trace.Terms;
        var same = pinned.Policy.Policy.Id == scene.Terms?.Policy.Policy.Id;
        Retarget(clock, same ? pinned : scene.Terms?.Of(clock.Name), scene);
    }

    /// <summary>The start stays; a clock that is judged is left as it is.</summary>
    private void Retarget(SlaClock clock, SlaTerms? terms, Scene scene)
    {
        if (clock.IsJudged || clock.Trace.IsOver(scene.At))
            return;
        var (before, start) = (clock.Trace, clock.Entries[0]);
        if (terms?.GoalOf(clock.Name, scene.Facts, start.At, start.Estimate) is not { } goal)
        {
            Cancel(clock, NoTarget, scene);
            return;
        }
        if (
            terms.Pin == before.Terms.Pin
            && goal.Target == before.Goal.Target
            && goal.NotBefore == before.Goal.NotBefore
        )
            return;

        var because =
            $"retargeted: {IsoDuration.Write(before.Goal.Target)} to {IsoDuration.Write(goal.Target)}{scene.ByWhom}";
        clock.Note(
            new(scene.At, ClockEvent.Retargeted, because)
            {
                Pin = terms.Pin,
                Terms = terms,
                Goal = goal,
            }
        );
        Tell(clock, new ClockChange.Retargeted(clock, ClockReading.Of(clock, scene.At), before.Goal.Target));
    }
}
