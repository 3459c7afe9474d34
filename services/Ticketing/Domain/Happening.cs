namespace CustomerFeedback.Ticketing.Domain;

/// <summary>Something that happened to a ticket: what a command decided, before anybody is told. The border makes timeline entries and events of it.</summary>
internal abstract record Happening
{
    private Happening() { }

    /// <param name="Attributes">Those of the request that routing rules ask for: where it goes can be asked again.</param>
    public sealed record Opened(Wording Words, IReadOnlyDictionary<string, string> Attributes) : Happening;

    public sealed record Assigned(string Kind, string Explanation, Wording? Why) : Happening;

    public sealed record Contacted(Channel Channel, ContactOutcome Outcome, bool IsFirst, Wording? Words) : Happening
    {
        /// <summary>The rule by which it counts as contact, where it was none by itself.</summary>
        public string? Rule { get; init; }
    }

    /// <param name="Attempts">How many there were.</param>
    public sealed record ContactExcused(int Attempts, Wording Words) : Happening;

    public sealed record Updated(UpdateKind Kind, DateTimeOffset? NewEstimate, Wording Words) : Happening
    {
        /// <summary>The note that holds the words, where something else is to find it.</summary>
        public Guid? NoteId { get; init; }
    }

    public sealed record Paused(PauseReason Reason, DateTimeOffset? Until, Wording? Words) : Happening;

    public sealed record Resumed(PauseReason Reason, ResumeCause Cause) : Happening
    {
        /// <summary>For the explanation of the clocks; null where a person asked for it.</summary>
        public string? Because =>
            Cause switch
            {
                ResumeCause.Asked => null,
                ResumeCause.CustomerWrote => "the customer wrote",
                ResumeCause.TimeCame => "the agreed time came",
                ResumeCause.CollaborationAnswered => "the collaboration was answered",
            };
    }

    public sealed record Resolved(bool FirstContactResolution, Wording Words) : Happening;

    public sealed record Confirmed(Confirmation Kind, Wording? Words) : Happening;

    /// <summary>The customer is asked once more; who still says nothing finds the ticket closed then.</summary>
    public sealed record Reminded(DateTimeOffset ClosesAt) : Happening;

    public sealed record Rejected(int Episode, Wording? Words) : Happening;

    /// <param name="ResolvedAt">When the resolution that did not hold was given.</param>
    public sealed record Reopened(TicketStatus From, DateTimeOffset? ResolvedAt) : Happening;

    public sealed record Closed(Confirmation Kind) : Happening;

    public sealed record Signalled(HandlingSignal Signal) : Happening;

    public sealed record Cancelled(CancelReason Reason, Wording? Words) : Happening;

    public sealed record Classified(IReadOnlyList<Override> Overrides) : Happening
    {
        /// <summary>Why, where no person did it.</summary>
        public string? Explanation { get; init; }
    }

    public sealed record SummaryWritten(Wording Words) : Happening;

    public sealed record CollaborationAsked(Collaboration Form, Wording Words) : Happening;

    public sealed record CollaborationAnswered(Collaboration Form, Wording Words) : Happening;

    /// <param name="Instances">The clocks whose climb is stopped.</param>
    public sealed record EscalationAcknowledged(IReadOnlyList<Guid> Instances, Wording? Words) : Happening;

    public sealed record Mobilised(IReadOnlyList<string> People, Wording? Words) : Happening;

    public sealed record Commented(bool IsPublic, Wording Words) : Happening;

    /// <param name="IsSet">Set now, or else taken away.</param>
    public sealed record Marked(MarkKind Kind, string Value, bool IsSet) : Happening;

    /// <param name="Kind">How, in the words of this side.</param>
    /// <param name="IsSet">Linked now, or else no longer.</param>
    public sealed record Linked(string Kind, string Number, bool IsSet) : Happening;

    public sealed record MergedInto(Guid Into, string Number) : Happening;

    public sealed record TookIn(string Number, Wording? Words) : Happening;

    public sealed record SplitOff(Split Part, RequestType Type, Urgency Urgency, Account Account) : Happening;

    /// <summary>Opened as a part of another ticket.</summary>
    public sealed record CameFrom(string Number) : Happening;

    public sealed record VisitArranged(Visit Visit) : Happening;

    public sealed record VisitReported(Visit Visit, Wording? Words) : Happening;

    public sealed record PlanAnswered(bool Agreed, Wording? Words) : Happening;

    /// <param name="Overrides">The customer has not agreed.</param>
    public sealed record StepTaken(int Number, StepState State, bool Overrides, Wording? Words) : Happening;

    public sealed record CustomerWrote(Wording Words) : Happening;

    public sealed record StatusChanged(TicketStatus From, TicketStatus To) : Happening;
}

/// <summary>One fact that a person changed, as the words of the API.</summary>
internal sealed record Override(string Field, string? From, string? To);
