namespace CustomerFeedback.Ticketing.Domain;

/// <summary>Answers to an escalation, and to an emergency.</summary>
internal sealed partial class Ticket
{
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
