namespace CustomerFeedback.Ticketing.Domain;

/// <summary>A plan as it was told to the customer, and what they said to it. Its words are a note of the ticket; the latest plan holds.</summary>
internal sealed class Plan
{
    private Plan() { }

    /// <summary>Also the id of the note that says what is planned, step by step.</summary>
    public Guid Id { get; private set; }
    public Guid TicketId { get; private set; }

    /// <summary>1, 2, 3 ... on each ticket: the highest holds.</summary>
    public int Number { get; private set; }
    public int Episode { get; private set; }
    public string GivenBy { get; private set; } = "";
    public DateTimeOffset GivenAt { get; private set; }

    /// <summary>What the customer said; null as long as nothing is recorded.</summary>
    public bool? Agreed { get; private set; }
    public string? AgreementBy { get; private set; }
    public DateTimeOffset? AgreementAt { get; private set; }

    /// <param name="before">The plan that held until now.</param>
    public static Plan For(Ticket ticket, Plan? before, string by, DateTimeOffset at) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            TicketId = ticket.Id,
            Number = (before?.Number ?? 0) + 1,
            Episode = ticket.Episode,
            GivenBy = by,
            GivenAt = at,
        };

    public void Answered(bool agreed, string by, DateTimeOffset at) =>
        (Agreed, AgreementBy, AgreementAt) = (agreed, by, at);
}

/// <summary>How far a step is.</summary>
internal enum StepState
{
    Open,
    Started,
    Done,
}

/// <summary>One step of a plan.</summary>
internal sealed class PlanStep
{
    /// <summary>How many steps a plan has.</summary>
    public const int Most = 20;

    private PlanStep() { }

    public Guid PlanId { get; private set; }

    /// <summary>1, 2, 3 ... as they were told.</summary>
    public int Position { get; private set; }
    public StepState State { get; private set; }
    public string? StartedBy { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>It was started before the customer had agreed; the timeline says why.</summary>
    public bool Overridden { get; private set; }
    public string? DoneBy { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    public static PlanStep Of(Plan plan, int position) => new() { PlanId = plan.Id, Position = position };

    public void Start(bool overridden, string by, DateTimeOffset at) =>
        (State, Overridden, StartedBy, StartedAt) = (StepState.Started, overridden, by, at);

    public void Finish(string by, DateTimeOffset at) => (State, DoneBy, DoneAt) = (StepState.Done, by, at);
}
