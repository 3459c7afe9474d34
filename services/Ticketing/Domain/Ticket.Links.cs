namespace CustomerFeedback.Ticketing.Domain;

/// <summary>How tickets belong together. Each of two tickets decides for itself: both stories tell it.</summary>
internal sealed partial class Ticket
{
    /// <summary>Links it to another.</summary>
    /// <param name="kind">How, seen from this side.</param>
    /// <param name="links">The links of both.</param>
    public Decision LinkTo(
        Ticket other,
        string kind,
        LinkKind made,
        IReadOnlyCollection<TicketLink> links,
        DateTimeOffset at
    )
    {
        var between = links.Where(link => link.Kind == made && link.Joins(this, other)).ToList();
        if (between.Count > 0)
            return Refusal.LinkedAlready(other.Number);
        if (links.Count(link => !link.IsHistory && (link.TicketId == Id || link.OtherId == Id)) >= TicketLink.Most)
            return Refusal.TooManyLinks(Number);
        return Decide(Command.Link, at, new Happening.Linked(kind, other.Number, IsSet: true));
    }

    /// <summary>Takes a link away.</summary>
    public Decision Unlink(Ticket other, string kind, DateTimeOffset at) =>
        Decide(Command.Link, at, new Happening.Linked(kind, other.Number, IsSet: false));
}
