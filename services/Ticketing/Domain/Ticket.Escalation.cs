using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What an escalation does, and the answers to one and to an emergency.</summary>
internal sealed partial class Ticket
{
    /// <summary>What a step of the ladder does besides telling somebody. A refusal: it only tells.</summary>
    /// <param name="to">Whom the step names; null where nobody was found.</param>
    /// <param name="because">The step, for people.</param>
    public Decision Escalate(EscalationAction action, string? to, string by, string because, DateTimeOffset at) =>
        action switch
        {
            EscalationAction.Notify => Decision.NothingNew,
            EscalationAction.Reassign when to is null => Refusal.NobodyFound,
            EscalationAction.Reassign when to == Assignee => Refusal.AssignedAlready(to),
            // It stays with its team, whose lead is the next to be asked.
            EscalationAction.Reassign => Assign(new(Team, to, by, because), at),
            EscalationAction.RaiseUrgency => RaiseUrgency(because, at),
        };

    // No person judged anew: who or what classified it stays on record.
    private Decision RaiseUrgency(string because, DateTimeOffset at)
    {
        if (!CommandTable.Of(Command.Reclassify).From.Contains(Status))
            return Refusal.NotIn(Status, Command.Reclassify);
        if (Urgency is Urgency.Critical)
            return Refusal.MostUrgentAlready;
        var before = Urgency;
        Urgency = before is Urgency.Normal ? Urgency.Urgent : Urgency.Critical;
        var raised = new Override("urgency", Refusal.Spell(before), Refusal.Spell(Urgency));
        return Decide(Command.Reclassify, at, new Happening.Classified([raised]) { Explanation = because });
    }

    /// <summary>Somebody has taken notice: the ladders of these clocks are climbed no further.</summary>
    public Decision Acknowledge(IReadOnlyList<Guid> instances, Wording? words, DateTimeOffset at) =>
        instances.Count == 0
            ? Refusal.NothingEscalated
            : Decide(Command.AcknowledgeEscalation, at, new Happening.EscalationAcknowledged(instances, words));

    /// <summary>People are gathered; whoever joins later is recorded too.</summary>
    public Decision Mobilise(IReadOnlyList<string> people, Wording? words, DateTimeOffset at)
    {
        if (Category is not Category.EmergencySupport)
            return Refusal.NoEmergency;
        var decision = Decide(Command.Mobilise, at, new Happening.Mobilised(people, words));
        if (decision.Refusal is null)
            MobilisedAt ??= at;
        return decision;
    }
}
