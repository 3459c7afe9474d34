namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What a ticket can be marked with.</summary>
internal enum MarkKind
{
    /// <summary>A word of the people who handle tickets, to find them together.</summary>
    Tag,

    /// <summary>An agent who keeps an eye on it.</summary>
    Watcher,
}

/// <summary>One mark of a ticket. It is there or it is not: setting it twice changes nothing.</summary>
internal sealed class Mark
{
    /// <summary>How many of one kind a ticket carries.</summary>
    public const int MostOfAKind = 30;

    private Mark() { }

    public Guid TicketId { get; private set; }
    public MarkKind Kind { get; private set; }

    /// <summary>The tag, or the agent's id.</summary>
    public string Value { get; private set; } = "";
    public string By { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    public static Mark On(Ticket ticket, MarkKind kind, string value, string by, DateTimeOffset at) =>
        new()
        {
            TicketId = ticket.Id,
            Kind = kind,
            Value = value,
            By = by,
            At = at,
        };
}
