namespace CustomerFeedback.Intake.Domain;

/// <summary>What intake needs of one version of an SLA policy; Ticketing owns the whole.</summary>
/// <param name="Order">Lowest first; the first that matches decides.</param>
/// <param name="Calendar">The calendar that its targets are working time of.</param>
/// <param name="Targets">By clock; what is absent is not promised.</param>
internal sealed record SlaPolicy(
    string Id,
    int Version,
    int Order,
    PolicyMatch Match,
    string Calendar,
    IReadOnlyDictionary<PromisedClock, PerUrgency> Targets
);

/// <summary>Targets of a clock by urgency.</summary>
internal sealed record PerUrgency(TimeSpan? Normal, TimeSpan? Urgent, TimeSpan? Critical)
{
    public TimeSpan? For(Urgency urgency) =>
        urgency switch
        {
            Urgency.Normal => Normal,
            Urgency.Urgent => Urgent,
            Urgency.Critical => Critical,
        };
}

/// <summary>Conditions of a policy; null holds always. Words are kept as texts: a newer Ticketing may know more of them.</summary>
internal sealed record PolicyMatch(
    IReadOnlyList<string>? Type,
    IReadOnlyList<string>? Category,
    IReadOnlyList<string>? ComplaintLevel,
    IReadOnlyList<string>? Urgency,
    IReadOnlyList<string>? Segment,
    IReadOnlyList<string>? Channel,
    bool NamesMore
)
{
    /// <summary>Whether every condition holds for a request as it was classified.</summary>
    public bool Holds(IncomingRequest request, Classification classification, Segment segment) =>
        // A team, or a condition this version does not know, is never fulfilled before there is a ticket.
        !NamesMore
        && IsAmong(Type, Word<RequestType>.Of(request.Type))
        && IsAmong(Category, Word<Category>.Of(classification.Category))
        && IsAmong(ComplaintLevel, classification.ComplaintLevel?.ToString())
        && IsAmong(Urgency, Word<Urgency>.Of(request.Urgency))
        && IsAmong(Segment, Word<Segment>.Of(segment))
        && IsAmong(Channel, Word<Channel>.Of(request.Channel));

    private static bool IsAmong(IReadOnlyList<string>? wanted, string? value) =>
        wanted is null || (value is not null && wanted.Contains(value));
}
