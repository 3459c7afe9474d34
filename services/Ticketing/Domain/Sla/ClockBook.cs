namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>
/// All clocks of one ticket, and the one way to move them. Whatever time brought about before a move is fired first, so the
/// outcome never depends on how punctual the timer was; a move whose time lies in the past is put where it belongs.
/// </summary>
internal sealed partial class ClockBook(Guid ticketId, IReadOnlyList<SlaClock> clocks)
{
    /// <summary>Why a change of facts cancels a clock: the ticket is not of its kind any more, or is promised nothing of the kind.</summary>
    private const string NotApplicable = "not_applicable";
    private const string NoTarget = "no_target";

    private readonly List<SlaClock> clocks = [.. clocks];
    private readonly HashSet<SlaClock> touched = [];
    private List<ClockChange> changes = [];

    /// <summary>Ended ones too, in order of their start in this book.</summary>
    public IReadOnlyList<SlaClock> Clocks => clocks;

    /// <summary>Moves the clocks and says what changed, in order.</summary>
    /// <param name="facts">As they stand after the command.</param>
    /// <param name="terms">What new clocks pin: the policy that matches now, or at opening the versions promised at intake; null where no policy matches.</param>
    /// <param name="at">When it happened.</param>
    public IReadOnlyList<ClockChange> Apply(ClockMove move, SlaFacts facts, SlaTerms? terms, DateTimeOffset at)
    {
        var scene = new Scene(move.By, facts, terms, ToMicroseconds(at));
        Begin();
        FireWhere((_, step) => step.DueAt < scene.At);
        Make(move, scene);
        // What the move itself made due, at its instant or long ago.
        FireWhere((clock, step) => touched.Contains(clock) && step.DueAt <= scene.At);
        return changes;
    }

    /// <summary>For the timer: everything that is due by now.</summary>
    public IReadOnlyList<ClockChange> FireDue(DateTimeOffset now)
    {
        Begin();
        FireWhere((_, step) => step.DueAt <= now);
        return changes;
    }

    private void Make(ClockMove move, Scene scene)
    {
        switch (move)
        {
            case ClockMove.Opened:
                Open(scene);
                break;
            case ClockMove.ContactReached:
                Meet(ClockName.FirstContact, scene, "first contact");
                if (scene.Facts.ResolvedAt is null)
                    StartAtContact(scene);
                break;
            case ClockMove.HandlingOpinion:
                Meet(ClockName.ComplaintResponse, scene, "handling opinion given");
                Meet(ClockName.FeedbackFollowUp, scene, "handling opinion given");
                RestartProgress(scene, null);
                break;
            case ClockMove.PlanGiven:
                Meet(ClockName.SolutionPlan, scene, "plan given");
                Meet(ClockName.FeedbackFollowUp, scene, "plan given");
                RestartProgress(scene, null);
                break;
            case ClockMove.AnswerGiven:
                Meet(ClockName.FeedbackFollowUp, scene, "answer given");
                RestartProgress(scene, null);
                break;
            case ClockMove.HumanUpdate update:
                RestartProgress(scene, update.NewEstimate is { } estimate ? ToMicroseconds(estimate) : null);
                break;
            case ClockMove.Paused pause:
                Pause(pause.Reason, scene);
                break;
            case ClockMove.Resumed resume:
                Resume(resume.Because, scene);
                break;
            case ClockMove.Resolved:
                Resolve(scene);
                break;
            case ClockMove.Confirmed confirmed:
                if (confirmed.SurveyDue && !Has(ClockName.SurveyDispatch, scene.Facts.Episode))
                    Start(ClockName.SurveyDispatch, scene.At, "resolution confirmed", scene);
                break;
            case ClockMove.Reopened:
                Reopen(scene);
                break;
            case ClockMove.Cancelled cancelled:
                foreach (var clock in Open())
                    Cancel(clock, cancelled.Reason, scene);
                break;
            case ClockMove.FactsChanged:
                Reclassify(scene);
                break;
            case ClockMove.Rebased(var scope):
                Rebase(scope, scene);
                break;
            case ClockMove.CollaborationAsked asked:
                Start(ClockName.Collaboration, scene.At, $"form sent{scene.ByWhom}", scene, form: asked);
                break;
            case ClockMove.CollaborationAnswered(var form):
                if (clocks.Find(clock => clock.Subject == form && !clock.Trace.IsOver(scene.At)) is { } asking)
                    Meet(asking, scene, scene.At, "answer given" + scene.ByWhom);
                break;
            case ClockMove.Acknowledged(var instances):
                foreach (var clock in Open().Where(clock => instances.Contains(clock.Id)))
                    Acknowledge(clock, scene);
                break;
            case ClockMove.Fulfilled fulfilled:
                Fulfil(fulfilled, scene);
                break;
            case ClockMove.Dropped dropped:
                Drop(dropped, scene);
                break;
            default:
                throw new InvalidOperationException($"No rule for {move}.");
        }
    }

    private void Begin()
    {
        changes = [];
        touched.Clear();
    }

    private void FireWhere(Func<SlaClock, ClockStep, bool> isDue)
    {
        var due =
            from clock in clocks
            from step in clock.StepsAhead()
            where isDue(clock, step)
            orderby step.DueAt
            select (clock, step);
        foreach (var (clock, step) in due.ToList())
        {
            clock.Fire(step);
            var reading = ClockReading.Of(clock, step.DueAt);
            changes.Add(
                step switch
                {
                    ClockStep.Warn warn => new ClockChange.WarningReached(
                        clock,
                        reading,
                        warn.Key,
                        warn.Share,
                        warn.DueAt
                    ),
                    ClockStep.Breach breach => new ClockChange.Breached(clock, reading, breach.DueAt, breach.Cause),
                    ClockStep.Escalate { Step: var rung } => new ClockChange.StepFired(
                        clock,
                        reading,
                        rung.Key,
                        rung.To,
                        step.DueAt
                    )
                    {
                        Action = rung.Action,
                    },
                    _ => throw new InvalidOperationException($"No rule for {step}."),
                }
            );
        }
    }

    private List<SlaClock> Open() => [.. clocks.Where(clock => clock.IsOpen)];

    /// <summary>
    /// Its verdict is out, or still to come. What a change of facts cancelled before that may be owed again, by another change; what was breached
    /// is not counted twice, and what will not happen for a reason (nobody is to be called) is owed no more.
    /// </summary>
    private bool Has(ClockName name, int episode) =>
        clocks.Exists(clock =>
            clock.Name == name
            && clock.Episode == episode
            && (
                clock.IsJudged
                || clock.Trace.End is not { Event: ClockEvent.Cancelled, Word: NotApplicable or NoTarget }
            )
        );

    /// <summary>A plan is owed once in a ticket's life, everything else once in an episode.</summary>
    private bool HadPlan(SlaFacts facts) =>
        Enumerable.Range(1, facts.Episode).Any(episode => Has(ClockName.SolutionPlan, episode));

    private void Tell(SlaClock clock, ClockChange change)
    {
        touched.Add(clock);
        changes.Add(change);
    }

    private static DateTimeOffset ToMicroseconds(DateTimeOffset at) =>
        new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>The circumstances of a move.</summary>
    private sealed record Scene(string? By, SlaFacts Facts, SlaTerms? Terms, DateTimeOffset At)
    {
        public string ByWhom => By is null ? "" : $" by {By}";
    }
}
