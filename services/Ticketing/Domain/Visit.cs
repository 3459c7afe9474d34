namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What came of a visit.</summary>
internal enum VisitOutcome
{
    Done,
    NotDone,
    CustomerAbsent,
}

/// <summary>An appointment at the customer's: the window that was agreed, who goes, and what came of it. Its words are a note of the ticket.</summary>
internal sealed class Visit
{
    private Visit() { }

    public Guid Id { get; private set; }
    public Guid TicketId { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }
    public string Person { get; private set; } = "";
    public string ArrangedBy { get; private set; } = "";
    public DateTimeOffset ArrangedAt { get; private set; }

    public VisitOutcome? Outcome { get; private set; }

    /// <summary>Null where nobody came.</summary>
    public DateTimeOffset? ArrivedAt { get; private set; }
    public string? ReportedBy { get; private set; }
    public DateTimeOffset? ReportedAt { get; private set; }

    /// <summary>The note that holds what was said and what was missing.</summary>
    public Guid? ReportId { get; private set; }

    /// <summary>Somebody was there before the window ended; early is in time. Null as long as nobody has said.</summary>
    public bool? Kept => Outcome is null ? null : ArrivedAt <= EndsAt;

    /// <summary>What it means as a contact with the customer; null where nobody came.</summary>
    public ContactOutcome? Contact =>
        ArrivedAt is null ? null
        : Outcome is VisitOutcome.CustomerAbsent ? ContactOutcome.NoAnswer
        : ContactOutcome.Reached;

    public static Visit At(
        Ticket ticket,
        DateTimeOffset from,
        DateTimeOffset to,
        string person,
        string by,
        DateTimeOffset at
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            TicketId = ticket.Id,
            StartsAt = from,
            EndsAt = to,
            Person = person,
            ArrangedBy = by,
            ArrangedAt = at,
        };

    public void Report(VisitOutcome outcome, DateTimeOffset? arrivedAt, string by, DateTimeOffset at) =>
        (Outcome, ArrivedAt, ReportedBy, ReportedAt, ReportId) = (outcome, arrivedAt, by, at, Guid.CreateVersion7(at));
}
