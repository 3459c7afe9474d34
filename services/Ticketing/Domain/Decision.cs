namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What came of a command: a refusal, or what happened and what it means for the clocks.</summary>
internal sealed record Decision(Refusal? Refusal, IReadOnlyList<Happening> Happenings, CommandTable.Clocks Clocks)
{
    /// <summary>Allowed, and already so: nothing is recorded twice.</summary>
    public static Decision NothingNew { get; } = new(null, [], CommandTable.Clocks.None);

    public static implicit operator Decision(Refusal refusal) => new(refusal, [], CommandTable.Clocks.None);
}
