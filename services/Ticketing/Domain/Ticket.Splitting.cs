namespace CustomerFeedback.Ticketing.Domain;

/// <summary>Two concerns, one ticket: one of them gets a ticket of its own.</summary>
internal sealed partial class Ticket
{
    /// <summary>Splits a part off. Possible in every state: what was merged or closed by mistake comes back this way.</summary>
    /// <param name="before">How many parts were split off before.</param>
    public Decision SplitOff(
        Split part,
        int before,
        RequestType? type,
        Urgency? urgency,
        Account account,
        DateTimeOffset at
    ) =>
        before >= Split.Most
            ? Refusal.TooManySplits(Number)
            : Decide(Command.Split, at, new Happening.SplitOff(part, type ?? Origin.Type, urgency ?? Urgency, account));
}
