namespace CustomerFeedback.Ticketing.Domain;

internal enum NoteKind
{
    Description,
    Contact,
    HandlingOpinion,
    Plan,
    Answer,
    Progress,
    Solution,
    Confirmation,
    Rejection,
    Message,
    CaseSummary,
    Assignment,
    Cancellation,
    Pause,
    Collaboration,
    CollaborationAnswer,
    Acknowledgement,
    Mobilisation,
    Comment,
    PublicComment,
    Merge,
    Split,
    Visit,
    PlanAgreement,
    PlanStep,
}

/// <summary>Free text, in one place and with its customer, so that it can be found, and erased without touching the timeline.</summary>
internal sealed class Note
{
    private Note() { }

    public Guid Id { get; private set; }
    public Guid TicketId { get; private set; }
    public Guid CustomerId { get; private set; }
    public NoteKind Kind { get; private set; }
    public string Text { get; private set; } = "";

    /// <summary>The text in its parts where it has some, as JSON: a description, a case summary.</summary>
    public string? Parts { get; private set; }

    /// <summary>What the search finds it by; see <see cref="Bigrams"/>.</summary>
    public int[] Grams { get; private set; } = [];

    public DateTimeOffset At { get; private set; }

    /// <param name="id">Where something else is to find it; null for one of its own.</param>
    public static Note On(Ticket ticket, NoteKind kind, Wording wording, DateTimeOffset at, Guid? id = null) =>
        new()
        {
            Id = id ?? Guid.CreateVersion7(at),
            TicketId = ticket.Id,
            CustomerId = ticket.CustomerId,
            Kind = kind,
            Text = wording.Text,
            Parts = wording.Parts,
            // A ticket is also found by its number, through its first note.
            Grams = Bigrams.Of(kind is NoteKind.Description ? $"{ticket.Number} {wording.Text}" : wording.Text),
            At = at,
        };
}

/// <summary>What somebody said, and the same in parts (JSON) where it has parts.</summary>
internal sealed record Wording(string Text, string? Parts = null)
{
    public static Wording? From(string? text) => string.IsNullOrWhiteSpace(text) ? null : new(text.Trim());
}
