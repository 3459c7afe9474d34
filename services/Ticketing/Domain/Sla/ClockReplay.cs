namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>
/// Plays what happened to a ticket again, by the engine that moves the real clocks: the same history under other terms. The facts
/// follow the events as they follow the ticket's commands.
/// </summary>
/// <param name="match">The terms that hold for such a ticket; null where none do.</param>
internal sealed class ClockReplay(Guid ticketId, Func<SlaFacts, SlaTerms?> match)
{
    private readonly ClockBook book = new(ticketId, []);
    private SlaFacts? facts;

    /// <summary>The clocks as what has happened so far leaves them.</summary>
    public IReadOnlyList<SlaClock> Clocks => book.Clocks;

    /// <summary>All of it, in the order in which it became known.</summary>
    public static IReadOnlyList<SlaClock> Of(
        Guid ticketId,
        IEnumerable<PastEvent> events,
        Func<SlaFacts, SlaTerms?> match
    )
    {
        var replay = new ClockReplay(ticketId, match);
        foreach (var past in events)
            replay.Play(past);
        return replay.Clocks;
    }

    /// <summary>The next thing that happened; what comes before the opening is not of this ticket's clocks.</summary>
    public void Play(PastEvent past)
    {
        if (past is PastEvent.Opened opened)
        {
            facts = opened.Facts;
            // At intake no team was known: what is promised there never comes from a policy of a team. That takes over as it is opened.
            Move(new ClockMove.Opened(), facts with { Team = null }, past.At);
            if (match(facts) is { Policy.Policy.Match.Team: not null } ofTeam)
                book.Apply(new ClockMove.FactsChanged(), facts, ofTeam, past.At);
            return;
        }

        if (facts is null)
            return;
        switch (past)
        {
            case PastEvent.HandedOver(_, var team, var assignee):
                facts = facts with { Team = team ?? facts.Team, Assignee = assignee };
                break;
            case PastEvent.Reclassified(var at, var by, var changes):
                facts = changes.Aggregate(facts, After);
                Move(new ClockMove.FactsChanged { By = by }, facts, at);
                break;
            case PastEvent.Moved(var at, var move):
                facts = After(facts, move, at);
                Move(Completed(move), facts, at);
                break;
            default:
                throw new InvalidOperationException($"No rule for {past}.");
        }
    }

    private void Move(ClockMove move, SlaFacts matched, DateTimeOffset at) =>
        book.Apply(move, facts!, match(matched), at);

    /// <summary>Whether a survey is due after silence is for the facts to say.</summary>
    private ClockMove Completed(ClockMove move) =>
        move is ClockMove.Confirmed { SurveyDue: false }
            ? new ClockMove.Confirmed(facts!.FirstContactAt is not null) { By = move.By }
            : move;

    private static SlaFacts After(SlaFacts facts, ClockMove move, DateTimeOffset at) =>
        move switch
        {
            ClockMove.ContactReached => facts with { FirstContactAt = facts.FirstContactAt ?? at },
            ClockMove.HandlingOpinion => facts with
            {
                OpinionAt = facts.OpinionAt ?? at,
                AnsweredAt = facts.AnsweredAt ?? at,
            },
            ClockMove.PlanGiven => facts with { PlanAt = facts.PlanAt ?? at, AnsweredAt = facts.AnsweredAt ?? at },
            ClockMove.AnswerGiven => facts with { AnsweredAt = facts.AnsweredAt ?? at },
            ClockMove.Fulfilled { Clock: ClockName.EmergencyMobilisation } => facts with
            {
                MobilisedAt = facts.MobilisedAt ?? at,
            },
            ClockMove.Paused(var reason) => facts with { Waiting = reason },
            ClockMove.Resumed or ClockMove.Cancelled => facts with { Waiting = null },
            ClockMove.Resolved => facts with { ResolvedAt = at, Waiting = null },
            ClockMove.Reopened => facts with
            {
                Episode = facts.Episode + 1,
                EpisodeStartedAt = at,
                OpinionAt = null,
                PlanAt = null,
                ResolvedAt = null,
                Waiting = null,
            },
            _ => facts,
        };

    /// <summary>A fact that a person changed. What policies do not ask about, and words that we do not know any more, change nothing.</summary>
    private static SlaFacts After(SlaFacts facts, Override change) =>
        change switch
        {
            { Field: "urgency" } when Word.TryRead<Urgency>(change.To, out var urgency) => facts with
            {
                Urgency = urgency,
            },
            // A complaint has a level, the slightest where nobody names one; what is none has none.
            { Field: "category" } when Word.TryRead<Category>(change.To, out var category) => facts with
            {
                Category = category,
                ComplaintLevel = category is Category.Complaint ? facts.ComplaintLevel ?? 3 : null,
            },
            { Field: "complaintLevel" } => facts with
            {
                ComplaintLevel = int.TryParse(change.To, out var level) ? level : null,
            },
            { Field: "complex" } => facts with { Complex = change.To == "true" },
            _ => facts,
        };
}
