namespace CustomerFeedback.Ticketing.Domain;

/// <summary>Why the domain says no. A value: an endpoint answers 409 or 422, a consumer acknowledges and does nothing.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Detail">For people.</param>
/// <param name="Status">The state that the ticket is in, where that is the reason.</param>
/// <param name="IsConflict">Somebody was faster: it is not the words that are wrong.</param>
internal sealed record Refusal(string Code, string Detail, TicketStatus? Status = null, bool IsConflict = false)
{
    public const string IllegalTransition = "illegal_transition";
    public const string ReopenWindowOver = "reopen_window_over";
    public const string Answered = "already_answered";
    public const string LevelWithoutComplaint = "level_without_complaint";
    public const string NotOpen = "target_not_open";

    /// <summary>What the state allows instead.</summary>
    public IReadOnlyList<Command> Allowed => Status is { } status ? CommandTable.AllowedIn(status) : [];

    public static Refusal NotIn(TicketStatus status, Command command) =>
        new(IllegalTransition, $"The ticket is {Spell(status)}: {Spell(command)} is not allowed now.", status);

    public static Refusal TooLateToReopen(DateTimeOffset closedAt, TimeSpan window) =>
        new(
            ReopenWindowOver,
            $"The ticket was closed at {closedAt:yyyy-MM-dd HH:mm}Z and could be reopened for {window.TotalDays:0.##} days.",
            TicketStatus.Closed
        );

    public static Refusal AlreadyAnswered(DateTimeOffset at) =>
        new(Answered, $"This was answered at {at:yyyy-MM-dd HH:mm}Z.", IsConflict: true);

    public static Refusal TooFewAttempts(int attempts, int enough) =>
        new(
            "too_few_attempts",
            enough == 0
                ? "Attempts alone are no reason here."
                : $"The customer was tried {attempts} times; {enough} attempts are enough.",
            IsConflict: true
        );

    public static Refusal NothingToExcuse { get; } =
        new("nothing_to_excuse", "No first contact is owed any more.", IsConflict: true);

    public static Refusal NothingEscalated { get; } =
        new(
            "nothing_escalated",
            "No clock of this ticket that still runs has climbed its ladder unnoticed.",
            IsConflict: true
        );

    public static Refusal NobodyFound { get; } =
        new("nobody_found", "Nobody of the role is on the staff for the ticket's team.", IsConflict: true);

    public static Refusal AssignedAlready(string assignee) =>
        new("already_assigned", $"{assignee} has the ticket already.", IsConflict: true);

    public static Refusal MostUrgentAlready { get; } =
        new("already_critical", "Nothing is more urgent than critical.", IsConflict: true);

    public static Refusal NoEmergency { get; } =
        new("no_emergency", "People are gathered for emergency support; this is of another category.");

    public static Refusal TooMany(MarkKind kind, int most) =>
        new($"too_many_{Spell(kind)}s", $"A ticket has at most {most} {Spell(kind)}s.");

    public static Refusal UnknownAgent(string agent) => new("unknown_agent", $"There is no agent {agent}.");

    public static Refusal UnknownAssignee(string assignee) =>
        new("unknown_assignee", $"There is nobody called {assignee} who could take it.");

    public static Refusal SameTicket { get; } = new("same_ticket", "Two tickets are wanted; this is one.");

    public static Refusal UnknownTicket(string number) =>
        new("unknown_ticket", $"There is no ticket {number} for you.");

    public static Refusal LinkedAlready(string number) =>
        new("already_linked", $"It is linked with {number} in this way already.", IsConflict: true);

    public static Refusal LinkCircle(string number) =>
        new(
            "link_circle",
            $"{number} is, over other tickets, a duplicate of this one or merged into it already.",
            IsConflict: true
        );

    public static Refusal TooManyLinks(string number) =>
        new("too_many_links", $"{number} has {TicketLink.Most} links, which is as many as a ticket can have.");

    public static Refusal LinkIsHistory(string number) =>
        new("link_is_history", $"How it came out of {number}, or into it, is not taken back.", IsConflict: true);

    public static Refusal AlreadyMerged(string number) =>
        new("already_merged", $"{number} was merged into another ticket before.", IsConflict: true);

    public static Refusal OtherCustomer(string number) =>
        new("other_customer", $"{number} is another customer's.", IsConflict: true);

    public static Refusal TargetNotOpen(Ticket into) =>
        new(NotOpen, $"{into.Number} is {Spell(into.Status)}: nothing is merged into it.", IsConflict: true);

    public static Refusal TooManySplits(string number) =>
        new("too_many_splits", $"{number} was split {Split.Most} times, which is as often as a ticket can be.");

    public static Refusal AlreadyReported(DateTimeOffset at) =>
        new("already_reported", $"This was reported at {at:yyyy-MM-dd HH:mm}Z.", IsConflict: true);

    public static Refusal NoPlan { get; } = new("no_plan", "No plan has been told to the customer.", IsConflict: true);

    public static Refusal NoSuchStep(int step) => new("unknown_step", $"The plan has no step {step}.");

    public static Refusal NotAgreed { get; } =
        new("not_agreed", "The customer has not agreed to the plan: say why the step starts now.", IsConflict: true);

    public static Refusal StepTaken(int step, StepState state) =>
        new("step_taken", $"Step {step} is {Spell(state)} already.", IsConflict: true);

    // "WaitingCustomer" -> "waiting_customer": the words of the API.
    internal static string Spell<T>(T word)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());
}
