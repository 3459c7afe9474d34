using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What came of a command: a refusal, or what happened and what it means for the clocks.</summary>
internal sealed record Decision(Refusal? Refusal, IReadOnlyList<Happening> Happenings, CommandTable.Clocks Clocks)
{
    /// <summary>Allowed, and already so: nothing is recorded twice.</summary>
    public static Decision NothingNew { get; } = new(null, [], CommandTable.Clocks.None);

    public static implicit operator Decision(Refusal refusal) => new(refusal, [], CommandTable.Clocks.None);

    /// <summary>The table's word for the clocks, with what it needs to know of the command.</summary>
    public ClockMove? Move(Ticket ticket, string by)
    {
        ClockMove? move = Clocks switch
        {
            CommandTable.Clocks.None => null,
            CommandTable.Clocks.Open => new ClockMove.Opened(),
            CommandTable.Clocks.MeetFirstContact => new ClockMove.ContactReached(),
            CommandTable.Clocks.ExcuseFirstContact => new ClockMove.Fulfilled(
                ClockName.FirstContact,
                ClockMark.ByAttempt
            ),
            CommandTable.Clocks.MeetComplaintResponse => new ClockMove.HandlingOpinion(),
            CommandTable.Clocks.MeetSolutionPlan => new ClockMove.PlanGiven(),
            CommandTable.Clocks.MeetFeedbackFollowUp => new ClockMove.AnswerGiven(),
            CommandTable.Clocks.RestartProgress => new ClockMove.HumanUpdate(The<Happening.Updated>().NewEstimate),
            CommandTable.Clocks.Pause => new ClockMove.Paused(The<Happening.Paused>().Reason),
            CommandTable.Clocks.Resume => new ClockMove.Resumed(The<Happening.Resumed>().Because),
            CommandTable.Clocks.Resolve => new ClockMove.Resolved(),
            CommandTable.Clocks.Confirm => new ClockMove.Confirmed(SurveyDue: true),
            CommandTable.Clocks.CloseSilently => new ClockMove.Confirmed(ticket.FirstContactAt is not null),
            CommandTable.Clocks.Reopen => new ClockMove.Reopened(),
            CommandTable.Clocks.CancelAll => new ClockMove.Cancelled(
                Domain.Refusal.Spell(The<Happening.Cancelled>().Reason)
            ),
            CommandTable.Clocks.Retarget => new ClockMove.FactsChanged(),
            CommandTable.Clocks.StartCollaboration => Asked(The<Happening.CollaborationAsked>().Form),
            CommandTable.Clocks.MeetCollaboration => new ClockMove.CollaborationAnswered(
                The<Happening.CollaborationAnswered>().Form.Id
            ),
            CommandTable.Clocks.Acknowledge => new ClockMove.Acknowledged(
                The<Happening.EscalationAcknowledged>().Instances
            ),
            CommandTable.Clocks.MeetMobilisation => new ClockMove.Fulfilled(ClockName.EmergencyMobilisation),
        };
        return move is null ? null : move with { By = by };
    }

    private static ClockMove.CollaborationAsked Asked(Collaboration form) => new(form.Id, form.AnswerBy);

    private T The<T>()
        where T : Happening => Happenings.OfType<T>().Single();
}
