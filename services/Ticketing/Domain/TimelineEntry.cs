namespace CustomerFeedback.Ticketing.Domain;

/// <summary>One line of a ticket's story: who did what, when, and why. Written once, never changed.</summary>
internal sealed class TimelineEntry
{
    /// <summary>What is kept among those who handle tickets.</summary>
    public const string InternalComment = "comment";

    /// <summary>What the customer reads too.</summary>
    public const string PublicComment = "public_comment";

    public const string Opened = "opened";

    /// <summary>Nobody did it: a rule, a timer, a step of a ladder.</summary>
    public const string System = "system";

    /// <summary>The rules chose who gets it.</summary>
    public const string Automatic = "automatic";

    /// <summary>Who gets it was chosen, one way or another.</summary>
    public static readonly string[] HandedOver = [Automatic, "assigned", "claimed", "transferred"];

    private TimelineEntry() { }

    public Guid TicketId { get; private set; }

    /// <summary>1, 2, 3 ... on each ticket.</summary>
    public int Seq { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>The <c>sub</c> of a person, or <c>customer</c>, or <c>system</c>.</summary>
    public string By { get; private set; } = "";
    public string Kind { get; private set; } = "";

    /// <summary>The state that the ticket was in afterwards.</summary>
    public TicketStatus Status { get; private set; }
    public int Episode { get; private set; }

    /// <summary>The facts, as a JSON object. Free text is not among them: it is a <see cref="Note"/>.</summary>
    public string Details { get; private set; } = "{}";
    public Guid? NoteId { get; private set; }

    public static TimelineEntry On(
        Ticket ticket,
        string kind,
        string by,
        DateTimeOffset at,
        string details,
        Note? note = null
    ) =>
        new()
        {
            TicketId = ticket.Id,
            Seq = ticket.NextEntry(),
            At = at,
            By = by,
            Kind = kind,
            Status = ticket.Status,
            Episode = ticket.Episode,
            Details = details,
            NoteId = note?.Id,
        };
}
