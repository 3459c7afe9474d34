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

    public static Refusal NothingEscalated { get; } =
        new(
            "nothing_escalated",
            "No clock of this ticket that still runs has climbed its ladder unnoticed.",
            IsConflict: true
        );

    public static Refusal NoEmergency { get; } =
        new("no_emergency", "People are gathered for emergency support; this is of another category.");

    // "WaitingCustomer" -> "waiting_customer": the words of the API.
    internal static string Spell<T>(T word)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());
}
