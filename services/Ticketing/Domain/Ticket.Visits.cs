namespace CustomerFeedback.Ticketing.Domain;

/// <summary>Appointments at the customer's.</summary>
internal sealed partial class Ticket
{
    public Decision Arrange(Visit visit, DateTimeOffset at) =>
        Decide(Command.Visit, at, new Happening.VisitArranged(visit));

    /// <summary>What came of it, once.</summary>
    public Decision Report(
        Visit visit,
        VisitOutcome outcome,
        DateTimeOffset? arrivedAt,
        Wording? words,
        string by,
        DateTimeOffset at
    )
    {
        if (visit.ReportedAt is { } before)
            return Refusal.AlreadyReported(before);
        var decision = Decide(Command.Visit, at, new Happening.VisitReported(visit, words));
        if (decision.Refusal is null)
            visit.Report(outcome, arrivedAt, by, at);
        return decision;
    }

    /// <summary>
    /// Who came to the customer was in contact with them, where the state counts contacts: before somebody has the ticket, and after its end,
    /// a visit is a visit and nothing else.
    /// </summary>
    public Decision ContactBy(Visit visit, DateTimeOffset at) =>
        visit.Contact is { } outcome && CommandTable.Of(Command.ContactReached).From.Contains(Status)
            ? Contact(Channel.Visit, outcome, null, at)
            : Decision.NothingNew;
}
