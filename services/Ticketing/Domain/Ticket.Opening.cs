using CustomerFeedback.Ticketing.Domain.Routing;
using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Domain;

internal sealed partial class Ticket
{
    /// <summary>Opens the ticket of a request, in the queue of the team that the routing rules name.</summary>
    public static (Ticket Ticket, Decision Decision) Open(
        Guid id,
        Opening opening,
        Destination route,
        DateTimeOffset now
    )
    {
        var ticket = new Ticket
        {
            Id = id,
            Number = opening.Number,
            RequestId = opening.RequestId,
            CustomerId = opening.CustomerId,
            RecordedBy = opening.RecordedBy,
            Origin = opening.Origin,
            Status = TicketStatus.New,
            Category = opening.Category,
            Subcategory = opening.Subcategory,
            ComplaintLevel = opening.ComplaintLevel,
            Urgency = opening.Urgency,
            Emotion = opening.Emotion,
            ClassifiedBy = opening.ClassifiedBy,
            Team = route.Team,
            Routed = new(route.RuleId, route.RulesVersion, route.To, [.. route.Skills]),
            Episode = 1,
            EpisodeStartedAt = opening.Origin.ReceivedAt,
            OpenedAt = now,
            ChangedAt = now,
            RowVersion = 1,
        };
        return (ticket, new(null, [new Happening.Opened(opening.Words, route.Attributes)], CommandTable.Clocks.Open));
    }
}

/// <summary>What a request says about the ticket that is opened for it.</summary>
/// <param name="Pin">The policy and calendar versions that the promises were made with: its clocks hold to them.</param>
internal sealed record Opening(
    Guid RequestId,
    string Number,
    Guid CustomerId,
    string RecordedBy,
    Origin Origin,
    Category Category,
    Subcategory Subcategory,
    int? ComplaintLevel,
    Urgency Urgency,
    Emotion Emotion,
    ClassifiedBy ClassifiedBy,
    SlaPin Pin,
    Wording Words,
    IReadOnlyDictionary<string, string> Attributes
)
{
    public RoutingFacts RoutingFacts => new(Origin, Category, Subcategory, ComplaintLevel, Urgency, Attributes);
}
