namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What the people who handle it do.</summary>
internal sealed partial class Ticket
{
    /// <param name="rule">The rule by which it counts, where it is none by itself.</param>
    public Decision Contact(
        Channel channel,
        ContactOutcome outcome,
        Wording? words,
        DateTimeOffset at,
        string? rule = null
    )
    {
        var reached = outcome is ContactOutcome.Reached;
        var first = reached && FirstContactAt is null;
        var decision = Decide(
            reached ? Command.ContactReached : Command.ContactAttempted,
            at,
            new Happening.Contacted(channel, outcome, first, words) { Rule = rule }
        );
        if (decision.Refusal is null && first)
            FirstContactAt = at;
        return decision;
    }

    /// <summary>Enough was tried to reach the customer, somebody in charge agrees. It is no contact.</summary>
    /// <param name="enough">0: attempts are never enough.</param>
    public Decision ExcuseContact(int attempts, int enough, Wording words, DateTimeOffset at) =>
        enough == 0 || attempts < enough
            ? Refusal.TooFewAttempts(attempts, enough)
            : Decide(Command.ExcuseContact, at, new Happening.ContactExcused(attempts, words));

    /// <summary>The customer was told something by a person.</summary>
    public Decision Update(
        UpdateKind kind,
        Wording words,
        DateTimeOffset? newEstimate,
        DateTimeOffset at,
        Guid? noteId = null
    )
    {
        var command = kind switch
        {
            UpdateKind.HandlingOpinion => Command.HandlingOpinion,
            UpdateKind.Plan => Command.Plan,
            UpdateKind.Answer => Command.Answer,
            UpdateKind.Progress => Command.Progress,
        };
        var decision = Decide(command, at, new Happening.Updated(kind, newEstimate, words) { NoteId = noteId });
        if (decision.Refusal is not null)
            return decision;
        OpinionAt ??= kind is UpdateKind.HandlingOpinion ? at : null;
        PlanAt ??= kind is UpdateKind.Plan ? at : null;
        return decision;
    }

    public Decision Pause(PauseReason reason, DateTimeOffset? until, Wording? words, DateTimeOffset at)
    {
        var command = reason is Domain.PauseReason.ThirdParty ? Command.PauseForOthers : Command.PauseForCustomer;
        var decision = Decide(command, at, new Happening.Paused(reason, until, words));
        if (decision.Refusal is null)
            (PauseReason, ResumeAt) = (reason, until);
        return decision;
    }

    public Decision Resume(ResumeCause cause, DateTimeOffset at) =>
        PauseReason is { } reason
            ? Decide(Command.Resume, at, new Happening.Resumed(reason, cause))
            : Refusal.NotIn(Status, Command.Resume);

    /// <summary>Ends a pause whose time has come, at the time that was agreed, however late somebody looks.</summary>
    public Decision ResumeWhenDue(DateTimeOffset now) =>
        ResumeAt is { } due && due <= now ? Resume(ResumeCause.TimeCame, At(due)) : Decision.NothingNew;

    public Decision Resolve(bool firstContactResolution, Wording words, DateTimeOffset at)
    {
        var decision = Decide(Command.Resolve, at, new Happening.Resolved(firstContactResolution, words));
        if (decision.Refusal is null)
            (ResolvedAt, RemindedAt, Confirmation) = (at, null, null);
        return decision;
    }

    /// <summary>Spam, a duplicate, or merged into another: the ticket is not worked on. Cancelling twice changes nothing.</summary>
    public Decision Cancel(CancelReason reason, Wording? words, DateTimeOffset at)
    {
        if (Status is TicketStatus.Cancelled)
            return Decision.NothingNew;
        var command = reason switch
        {
            CancelReason.Merged => Command.Merge,
            CancelReason.Spam => Command.Spam,
            CancelReason.Duplicate => Command.Duplicate,
        };
        return Decide(command, at, new Happening.Cancelled(reason, words));
    }

    /// <summary>Writes what was learned; closes a ticket that waits for nothing else.</summary>
    public Decision Summarise(Wording words, DateTimeOffset at)
    {
        if (!CommandTable.Of(Command.SummariseCase).From.Contains(Status))
            return Refusal.NotIn(Status, Command.SummariseCase);
        SummaryWrittenAt = at;
        var decision = Decide(Command.SummariseCase, at, new Happening.SummaryWritten(words));
        return Status is TicketStatus.Closed && ClosedAt is null ? Closing(decision, at) : decision;
    }

    private Decision Closing(Decision decision, DateTimeOffset at)
    {
        ClosedAt = at;
        return decision with
        {
            Happenings = [.. decision.Happenings, new Happening.Closed(Confirmation ?? Domain.Confirmation.Confirmed)],
        };
    }
}
