using CustomerFeedback.Ticketing.Domain.Routing;

namespace CustomerFeedback.Ticketing.Domain;

/// <summary>Who has it.</summary>
internal sealed partial class Ticket
{
    public StaffRole RoutedTo => Routed.To;

    /// <summary>Gives it to a person, or to a team's queue where the assignee is null.</summary>
    public Decision Assign(Handover handover, DateTimeOffset at)
    {
        var kind =
            handover.Automatic ? "automatic"
            : handover.Assignee is not null && handover.Assignee == handover.By ? "claimed"
            : Assignee is null && handover.Team == Team ? "assigned"
            : "transferred";
        var command = kind switch
        {
            "claimed" => Command.Claim,
            "transferred" => Command.Transfer,
            _ => Command.Assign,
        };
        if (!CommandTable.Of(command).From.Contains(Status))
            return Refusal.NotIn(Status, command);
        if (
            handover.Assignee == Assignee
            && handover.Team == Team
            && !(handover.Accountable && AccountableOwner != Assignee)
            && (Assignee is not null || AsksForTheSame(handover.Route))
        )
            return Decision.NothingNew;
        if (handover.Assignee is null)
            return Queue(handover, kind, at);

        Take(handover);
        AccountableOwner = handover.Accountable ? Assignee : AccountableOwner ?? Assignee;
        return Decide(command, at, new Happening.Assigned(kind, handover.Explanation, handover.Why));
    }

    // What waits in its team's queue waits for certain people of it.
    private bool AsksForTheSame(Destination? route) =>
        route is null || (route.To == Routed.To && route.Skills.SequenceEqual(Routed.Skills));

    // Nobody has it: it waits in the queue of its team, new again where nobody has begun with it.
    private Decision Queue(Handover handover, string kind, DateTimeOffset at)
    {
        Take(handover);
        return Decide(Command.HandBack, at, new Happening.Assigned(kind, handover.Explanation, handover.Why));
    }

    private void Take(Handover handover)
    {
        if (handover.Route is { } route)
            Routed = new(route.RuleId, route.RulesVersion, route.To, [.. route.Skills]);
        else if (handover.Team != Team)
            Routed = Routed with { To = StaffRole.Agent, Skills = [] };
        (Team, Assignee) = (handover.Team, handover.Assignee);
    }

    /// <summary>What the rules look at, as it is now.</summary>
    /// <param name="attributes">Of the request.</param>
    public RoutingFacts RoutingFacts(IReadOnlyDictionary<string, string>? attributes) =>
        new(Origin, Category, Subcategory, ComplaintLevel, Urgency, attributes);
}

/// <summary>Who gets a ticket, and why.</summary>
/// <param name="Accountable">The accountable owner is handed over too.</param>
/// <param name="Route">Where the rules, or the team, say whom its queue asks for.</param>
internal sealed record Handover(
    string Team,
    string? Assignee,
    string By,
    string Explanation,
    bool Automatic = false,
    bool Accountable = false,
    Wording? Why = null,
    Destination? Route = null
);
