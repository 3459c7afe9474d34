using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What the clocks need to know.</summary>
internal sealed partial class Ticket
{
    public SlaFacts SlaFacts =>
        new()
        {
            Type = Origin.Type,
            Category = Category,
            ComplaintLevel = ComplaintLevel,
            Urgency = Urgency,
            Segment = Origin.Segment,
            Channel = Origin.Channel,
            Team = Team,
            Complex = Complex,
            Assignee = Assignee,
            Episode = Episode,
            EpisodeStartedAt = EpisodeStartedAt,
            FirstContactAt = FirstContactAt,
            OpinionAt = OpinionAt,
            PlanAt = PlanAt,
            MobilisedAt = MobilisedAt,
            ResolvedAt = ResolvedAt,
            Waiting = PauseReason,
        };
}
