using static CustomerFeedback.Ticketing.Domain.CommandTable.Ends;
using static CustomerFeedback.Ticketing.Domain.TicketStatus;

namespace CustomerFeedback.Ticketing.Domain;

/// <summary>The life cycle of a ticket: which command is allowed in which state, where it leads, and what it does to the SLA clocks.</summary>
/// <remarks>This is the only place that knows. Whatever is not in the table is refused.</remarks>
internal static class CommandTable
{
    /// <summary>Where a command leads.</summary>
    internal enum Ends
    {
        Unchanged,
        AssignedIfNew,
        NewIfAssigned,
        InProgressIfAssigned,
        BackInProgress,
        ForTheCustomer,
        ForOthers,
        ResolvedForNow,
        ClosedUnlessSummaryMissing,
        ClosedIfSummaryWasMissing,
        ClosedForGood,
        CancelledForGood,
    }

    /// <summary>What a command does to the clocks; the clocks themselves know how.</summary>
    internal enum Clocks
    {
        None,
        Open,
        MeetFirstContact,
        ExcuseFirstContact,
        MeetComplaintResponse,
        MeetSolutionPlan,
        MeetFeedbackFollowUp,
        RestartProgress,
        Pause,
        Resume,
        Resolve,
        Confirm,
        Reopen,
        CloseSilently,
        CancelAll,
        Retarget,
        StartCollaboration,
        MeetCollaboration,
        Acknowledge,
        MeetMobilisation,
    }

    /// <summary>One row of the table.</summary>
    internal sealed record Row(Command Command, TicketStatus[] From, Ends To, Clocks Clocks);

    private static readonly TicketStatus[] Handled = [Assigned, InProgress, WaitingCustomer, WaitingCollaboration];
    private static readonly TicketStatus[] Open = [New, .. Handled];
    private static readonly TicketStatus[] NotClosed = [.. Open, Resolved, Cancelled];
    private static readonly TicketStatus[] NotCancelled = [.. Open, Resolved, Closed];

    // csharpier-ignore: a table reads as a table
    internal static readonly Row[] Rows =
    [
        new(Command.Assign, Open, AssignedIfNew, Clocks.None),
        new(Command.Transfer, Open, AssignedIfNew, Clocks.None),
        new(Command.Claim, Open, AssignedIfNew, Clocks.None),
        new(Command.HandBack, Open, NewIfAssigned, Clocks.None),
        new(Command.ContactReached, [.. Handled, Resolved], InProgressIfAssigned, Clocks.MeetFirstContact),
        new(Command.ContactAttempted, [.. Handled, Resolved], Unchanged, Clocks.None),
        new(Command.ExcuseContact, Handled, Unchanged, Clocks.ExcuseFirstContact),
        new(Command.HandlingOpinion, Handled, InProgressIfAssigned, Clocks.MeetComplaintResponse),
        new(Command.Plan, Handled, InProgressIfAssigned, Clocks.MeetSolutionPlan),
        new(Command.AgreeOnPlan, Handled, Unchanged, Clocks.None),
        new(Command.TakeStep, [.. Handled, Resolved], Unchanged, Clocks.None),
        new(Command.Answer, Handled, InProgressIfAssigned, Clocks.MeetFeedbackFollowUp),
        new(Command.Progress, Handled, InProgressIfAssigned, Clocks.RestartProgress),
        new(Command.PauseForCustomer, [InProgress], ForTheCustomer, Clocks.Pause),
        new(Command.PauseForOthers, [InProgress], ForOthers, Clocks.Pause),
        new(Command.Resume, [WaitingCustomer, WaitingCollaboration], BackInProgress, Clocks.Resume),
        new(Command.Resolve, Handled, ResolvedForNow, Clocks.Resolve),
        new(Command.ConfirmSolved, [Resolved], ClosedUnlessSummaryMissing, Clocks.Confirm),
        new(Command.ConfirmNotSolved, [Resolved, Closed], BackInProgress, Clocks.Reopen),
        new(Command.Remind, [Resolved], Unchanged, Clocks.None),
        new(Command.CloseBySilence, [Resolved], ClosedForGood, Clocks.CloseSilently),
        new(Command.Merge, NotClosed, CancelledForGood, Clocks.CancelAll),
        new(Command.Spam, NotClosed, CancelledForGood, Clocks.CancelAll),
        new(Command.Duplicate, NotClosed, CancelledForGood, Clocks.CancelAll),
        new(Command.Reclassify, [.. Open, Resolved], Unchanged, Clocks.Retarget),
        new(Command.Comment, NotCancelled, Unchanged, Clocks.None),
        new(Command.Tag, NotCancelled, Unchanged, Clocks.None),
        new(Command.Watch, NotCancelled, Unchanged, Clocks.None),
        new(Command.Link, NotCancelled, Unchanged, Clocks.None),
        new(Command.Split, [.. NotCancelled, Cancelled], Unchanged, Clocks.None),
        new(Command.Collaborate, NotCancelled, Unchanged, Clocks.StartCollaboration),
        new(Command.AnswerCollaboration, NotCancelled, Unchanged, Clocks.MeetCollaboration),
        new(Command.Visit, NotCancelled, Unchanged, Clocks.None),
        new(Command.AcknowledgeEscalation, NotCancelled, Unchanged, Clocks.Acknowledge),
        new(Command.Mobilise, Open, Unchanged, Clocks.MeetMobilisation),
        new(Command.SummariseCase, NotCancelled, ClosedIfSummaryWasMissing, Clocks.None),
    ];

    private static readonly Row[] ByCommand = [.. Rows.OrderBy(row => row.Command)];

    /// <summary>The row of a command.</summary>
    public static Row Of(Command command) => ByCommand[(int)command];

    /// <summary>What may be asked of a ticket in this state.</summary>
    public static IReadOnlyList<Command> AllowedIn(TicketStatus status) =>
        [.. Rows.Where(row => row.From.Contains(status)).Select(row => row.Command)];

    /// <summary>Where the command leads from this state, or null where it is refused.</summary>
    /// <param name="summaryMissing">The case needs a summary and has none.</param>
    /// <param name="confirmed">The customer has already confirmed the resolution.</param>
    public static TicketStatus? After(this TicketStatus from, Command command, bool summaryMissing, bool confirmed)
    {
        var row = Of(command);
        if (!row.From.Contains(from))
            return null;
        return row.To switch
        {
            Unchanged => from,
            AssignedIfNew => from is New ? Assigned : from,
            NewIfAssigned => from is Assigned ? New : from,
            InProgressIfAssigned => from is Assigned ? InProgress : from,
            BackInProgress => InProgress,
            ForTheCustomer => WaitingCustomer,
            ForOthers => WaitingCollaboration,
            ResolvedForNow => Resolved,
            ClosedUnlessSummaryMissing => summaryMissing ? Resolved : Closed,
            ClosedIfSummaryWasMissing => from is Resolved && confirmed ? Closed : from,
            ClosedForGood => Closed,
            CancelledForGood => Cancelled,
        };
    }
}
