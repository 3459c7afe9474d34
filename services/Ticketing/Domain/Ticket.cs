using CustomerFeedback.Ticketing.Domain.Routing;

namespace CustomerFeedback.Ticketing.Domain;

/// <summary>One customer's concern, from the request until the customer agrees that it is solved. Changed only by the functions here and beside.</summary>
internal sealed partial class Ticket
{
    private Ticket() { }

    public Guid Id { get; private set; }

    /// <summary>The request's number, and the ticket's.</summary>
    public string Number { get; private set; } = "";
    public Guid RequestId { get; private set; }
    public Guid CustomerId { get; private set; }

    /// <summary>The <c>sub</c> of the token that brought the request: an integration sees only its own.</summary>
    public string RecordedBy { get; private set; } = "";
    public Origin Origin { get; private set; } = null!;

    public TicketStatus Status { get; private set; }
    public Category Category { get; private set; }
    public Subcategory Subcategory { get; private set; }
    public int? ComplaintLevel { get; private set; }
    public Urgency Urgency { get; private set; }
    public bool Complex { get; private set; }
    public Emotion Emotion { get; private set; }
    public ClassifiedBy ClassifiedBy { get; private set; } = null!;

    public string Team { get; private set; } = "";
    public string? Assignee { get; private set; }

    /// <summary>Who took the request first: answers for it through transfers, unless it is handed over explicitly.</summary>
    public string? AccountableOwner { get; private set; }
    public Routed Routed { get; private set; } = null!;

    /// <summary>One stretch from open or reopen to resolved.</summary>
    public int Episode { get; private set; }
    public Confirmation? Confirmation { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>When the customer spoke, or when the ticket was reopened.</summary>
    public DateTimeOffset EpisodeStartedAt { get; private set; }

    /// <summary>When a person first reached the customer, in whichever episode.</summary>
    public DateTimeOffset? FirstContactAt { get; private set; }

    /// <summary>The first handling opinion of this episode.</summary>
    public DateTimeOffset? OpinionAt { get; private set; }

    /// <summary>The first plan of this episode.</summary>
    public DateTimeOffset? PlanAt { get; private set; }

    /// <summary>When people were gathered for an emergency.</summary>
    public DateTimeOffset? MobilisedAt { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>When the customer was asked again for a word on this resolution.</summary>
    public DateTimeOffset? RemindedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public DateTimeOffset? SummaryWrittenAt { get; private set; }

    public PauseReason? PauseReason { get; private set; }

    /// <summary>When a pause ends by itself.</summary>
    public DateTimeOffset? ResumeAt { get; private set; }

    /// <summary>Any clock of it ever breached.</summary>
    public bool Breached { get; private set; }

    /// <summary>The nearest due instant of its running clocks: what waiting work is ordered by.</summary>
    public DateTimeOffset? NearestDueAt { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Counts changes: the ETag.</summary>
    public int RowVersion { get; private set; }

    /// <summary>Counts published events, without gaps.</summary>
    public int EventVersion { get; private set; }

    /// <summary>Counts timeline entries.</summary>
    public int Entries { get; private set; }

    public bool IsComplaint => Category is Category.Complaint;

    /// <summary>Complaints and complex cases are only closed with a case summary.</summary>
    public bool SummaryMissing => (IsComplaint || Complex) && SummaryWrittenAt is null;

    public bool IsWaiting => Status is TicketStatus.WaitingCustomer or TicketStatus.WaitingCollaboration;

    /// <summary>What it takes of its assignee's capacity.</summary>
    public int WorkUnits => Complex ? 2 : 1;

    public int NextEvent() => ++EventVersion;

    public int NextEntry() => ++Entries;

    /// <summary>What the clocks say: kept on the ticket for lists and queues.</summary>
    public void Note(bool breached, DateTimeOffset? nearestDueAt)
    {
        Breached |= breached;
        NearestDueAt = nearestDueAt;
    }

    /// <summary>Now, or the last change where this host's clock is behind another's: a ticket's story never runs backwards.</summary>
    public DateTimeOffset At(DateTimeOffset now) => now > ChangedAt ? now : ChangedAt;

    private Decision Decide(Command command, DateTimeOffset at, params List<Happening> happenings)
    {
        if (Status.After(command, SummaryMissing, Confirmation is Domain.Confirmation.Confirmed) is not { } next)
            return Refusal.NotIn(Status, command);
        Change(next, at, happenings);
        return new(null, happenings, CommandTable.Of(command).Clocks);
    }

    private void Change(TicketStatus next, DateTimeOffset at, List<Happening> happenings)
    {
        if (next != Status)
            happenings.Add(new Happening.StatusChanged(Status, next));
        Status = next;
        if (!IsWaiting)
            (PauseReason, ResumeAt) = (null, null);
        ChangedAt = at;
        RowVersion++;
    }
}

/// <summary>Which classification rule spoke, how sure it was, and who overrode it.</summary>
internal sealed record ClassifiedBy(string RuleId, int RulesVersion, double Confidence, string? OverriddenBy);

/// <summary>Which routing rule spoke, for whom it asks, and which skills.</summary>
internal sealed record Routed(string RuleId, int RulesVersion, StaffRole To, string[] Skills);
