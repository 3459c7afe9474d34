namespace CustomerFeedback.Ticketing.Domain;

/// <summary>A form that asks another department for something, and what came of it. Its words are notes of the ticket.</summary>
internal sealed class Collaboration
{
    private Collaboration() { }

    /// <summary>Also the id of the note that says what is needed.</summary>
    public Guid Id { get; private set; }
    public Guid TicketId { get; private set; }
    public string Department { get; private set; } = "";
    public string AskedBy { get; private set; } = "";
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset AnswerBy { get; private set; }
    public string? AnsweredBy { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The note that holds the answer.</summary>
    public Guid? AnswerId { get; private set; }

    public bool IsInTime => AnsweredAt <= AnswerBy;

    public static Collaboration On(
        Ticket ticket,
        string department,
        DateTimeOffset answerBy,
        string by,
        DateTimeOffset at
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            TicketId = ticket.Id,
            Department = department,
            AskedBy = by,
            AskedAt = at,
            AnswerBy = answerBy,
        };

    public void Answered(string by, DateTimeOffset at) =>
        (AnsweredBy, AnsweredAt, AnswerId) = (by, at, Guid.CreateVersion7(at));
}
