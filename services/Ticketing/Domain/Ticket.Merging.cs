namespace CustomerFeedback.Ticketing.Domain;

/// <summary>One concern, two tickets: one of them goes on.</summary>
internal sealed partial class Ticket
{
    /// <summary>Gives itself up for another ticket of the same customer. Said again it changes nothing.</summary>
    /// <param name="mergedBefore">Into which ticket it was merged before.</param>
    public Decision MergeInto(Ticket into, Guid? mergedBefore, Wording? words, DateTimeOffset at)
    {
        if (mergedBefore == into.Id)
            return Decision.NothingNew;
        if (mergedBefore is not null)
            return Refusal.AlreadyMerged(Number);
        // Two people's concerns are never one ticket: each would read the other's on the status page.
        if (into.CustomerId != CustomerId)
            return Refusal.OtherCustomer(into.Number);
        if (into.Status is TicketStatus.Closed or TicketStatus.Cancelled)
            return Refusal.TargetNotOpen(into);
        return Decide(
            Command.Merge,
            at,
            new Happening.Cancelled(CancelReason.Merged, words),
            new Happening.MergedInto(into.Id, into.Number)
        );
    }

    /// <summary>Takes another in: its work goes on here.</summary>
    public Decision TakeIn(Ticket merged, Wording? words, DateTimeOffset at) =>
        Decide(Command.Link, at, new Happening.TookIn(merged.Number, words));
}
