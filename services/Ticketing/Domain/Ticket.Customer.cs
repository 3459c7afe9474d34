namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What the customer says, alone or through an agent.</summary>
internal sealed partial class Ticket
{
    /// <summary>The customer agrees. A case that needs a summary stays resolved until it is written.</summary>
    public Decision ConfirmSolved(Wording? words, DateTimeOffset at)
    {
        var again = Status is TicketStatus.Resolved && Confirmation is Domain.Confirmation.Confirmed;
        if (again && SummaryMissing)
            return Decision.NothingNew;
        // It was said before, and only waited for a summary that a correction of its kind has made needless.
        var decision = again
            ? Decide(Command.ConfirmSolved, at)
            : Decide(Command.ConfirmSolved, at, new Happening.Confirmed(Domain.Confirmation.Confirmed, words));
        if (decision.Refusal is not null)
            return decision;
        Confirmation = Domain.Confirmation.Confirmed;
        return Status is TicketStatus.Closed ? Closing(decision, at) : decision;
    }

    /// <summary>The customer does not agree: a new episode begins, with clocks of its own.</summary>
    public Decision ConfirmNotSolved(Wording? words, TimeSpan window, DateTimeOffset at)
    {
        if (ClosedAt is { } closedAt && at - closedAt > window)
            return Refusal.TooLateToReopen(closedAt, window);
        var (from, resolvedAt) = (Status, ResolvedAt);
        var decision = Decide(Command.ConfirmNotSolved, at, new Happening.Rejected(Episode, words));
        if (decision.Refusal is not null)
            return decision;
        Episode++;
        (Confirmation, ResolvedAt, RemindedAt, ClosedAt) = (Domain.Confirmation.Rejected, null, null, null);
        (EpisodeStartedAt, OpinionAt, PlanAt) = (at, null, null);
        return decision with { Happenings = [.. decision.Happenings, new Happening.Reopened(from, resolvedAt)] };
    }

    /// <summary>What it means that the customer has said nothing yet: first one reminder, in the end the closing.</summary>
    public Decision HearNothing(Silence silence, DateTimeOffset at)
    {
        if (Status is not TicketStatus.Resolved || Confirmation is not null || ResolvedAt is not { } resolvedAt)
            return Decision.NothingNew;
        if (at >= resolvedAt + silence.CloseAfter)
            return CloseBySilence(at);
        return at >= resolvedAt + silence.RemindAfter && RemindedAt is null
            ? Remind(resolvedAt + silence.CloseAfter, at)
            : Decision.NothingNew;
    }

    private Decision Remind(DateTimeOffset closesAt, DateTimeOffset at)
    {
        var decision = Decide(Command.Remind, at, new Happening.Reminded(closesAt));
        if (decision.Refusal is null)
            RemindedAt = at;
        return decision;
    }

    /// <summary>Nothing was heard for too long after the resolution. Never counted as a success.</summary>
    private Decision CloseBySilence(DateTimeOffset at)
    {
        var decision = Decide(Command.CloseBySilence, at, new Happening.Confirmed(Domain.Confirmation.BySilence, null));
        if (decision.Refusal is not null)
            return decision;
        Confirmation = Domain.Confirmation.BySilence;
        return Closing(decision, at);
    }

    /// <summary>The customer adds information. It ends a wait, whomever for: there is news to act on. It moves nothing else: "thanks" reopens no ticket.</summary>
    public Decision HearCustomer(Wording words, DateTimeOffset at)
    {
        if (Status is TicketStatus.Cancelled)
            return Refusal.NotIn(Status, Command.Comment);
        var wrote = new Happening.CustomerWrote(words);
        if (!IsWaiting)
            return Decide(Command.Comment, at, wrote);
        var resumed = Resume(ResumeCause.CustomerWrote, at);
        return resumed with { Happenings = [wrote, .. resumed.Happenings] };
    }
}

/// <summary>How long a customer may say nothing after a resolution, in wall time from it.</summary>
internal sealed record Silence(TimeSpan RemindAfter, TimeSpan CloseAfter);

/// <summary>Why a pause ended.</summary>
internal enum ResumeCause
{
    Asked,
    CustomerWrote,
    TimeCame,
    CollaborationAnswered,
}
