namespace CustomerFeedback.Ticketing.Domain;

/// <summary>How one ticket relates to another, read from the first: "is a duplicate of", "was split from".</summary>
internal enum LinkKind
{
    Related,
    DuplicateOf,
    CausedBy,
    Follows,

    /// <summary>History: written by a merge.</summary>
    MergedInto,

    /// <summary>History: written when the ticket of a split opens.</summary>
    SplitFrom,
}

/// <summary>That two tickets belong together, and how. One row, seen from both sides.</summary>
internal sealed class TicketLink
{
    /// <summary>How many links people make on one ticket.</summary>
    public const int Most = 50;

    private TicketLink() { }

    public Guid Id { get; private set; }
    public Guid TicketId { get; private set; }
    public Guid OtherId { get; private set; }
    public LinkKind Kind { get; private set; }
    public string By { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    /// <summary>What happened can not be taken back; what somebody noticed can.</summary>
    public bool IsHistory => Kind is LinkKind.MergedInto or LinkKind.SplitFrom;

    public static TicketLink Between(Ticket ticket, Guid other, LinkKind kind, string by, DateTimeOffset at) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            TicketId = ticket.Id,
            OtherId = other,
            Kind = kind,
            By = by,
            At = at,
        };

    public bool Joins(Ticket one, Ticket other) =>
        (TicketId == one.Id && OtherId == other.Id) || (TicketId == other.Id && OtherId == one.Id);

    /// <summary>The kind in the words of one side.</summary>
    /// <param name="kind">How the link was made.</param>
    /// <param name="fromFirst">Seen from the ticket that it was made on, or else from the other.</param>
    public static string Seen(LinkKind kind, bool fromFirst) =>
        fromFirst
            ? Refusal.Spell(kind)
            : kind switch
            {
                LinkKind.Related => "related",
                LinkKind.DuplicateOf => "has_duplicate",
                LinkKind.CausedBy => "causes",
                LinkKind.Follows => "followed_by",
                LinkKind.MergedInto => "merged_from",
                LinkKind.SplitFrom => "split_into",
            };
}
