using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Collaborating;

/// <summary>A form as the API shows it.</summary>
/// <param name="State"><c>open</c>, <c>answered</c>, or <c>cancelled</c> with its ticket.</param>
/// <param name="Overdue">Open beyond its time, or answered after it.</param>
internal sealed record CollaborationView(
    Guid Id,
    string Ticket,
    string Department,
    string? Need,
    string State,
    bool Overdue,
    DateTimeOffset AnswerBy,
    string AskedBy,
    DateTimeOffset AskedAt,
    string? Answer,
    string? AnsweredBy,
    DateTimeOffset? AnsweredAt
)
{
    public const string Open = "open";
    public const string Answered = "answered";
    public const string Cancelled = "cancelled";

    /// <summary>A form with its ticket.</summary>
    internal sealed record Filed(Collaboration Form, string Number, TicketStatus Status);

    /// <summary>Forms with their words, in the given order.</summary>
    public static async Task<IReadOnlyList<CollaborationView>> Of(
        IReadOnlyCollection<Filed> forms,
        TicketingDbContext db,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        Guid[] ids =
        [
            .. forms.Select(filed => filed.Form.Id),
            .. forms.Select(filed => filed.Form.AnswerId).OfType<Guid>(),
        ];
        var words = await db
            .Notes.AsNoTracking()
            .Where(note => ids.Contains(note.Id))
            .ToDictionaryAsync(note => note.Id, note => note.Text, ct);
        return
        [
            .. forms.Select(filed =>
            {
                var form = filed.Form;
                var answer = form.AnswerId is { } id ? words.GetValueOrDefault(id) : null;
                return new CollaborationView(
                    form.Id,
                    filed.Number,
                    form.Department,
                    words.GetValueOrDefault(form.Id),
                    form.AnsweredAt is not null ? Answered
                        : filed.Status is TicketStatus.Cancelled ? Cancelled
                        : Open,
                    (form.AnsweredAt ?? now) > form.AnswerBy,
                    form.AnswerBy,
                    form.AskedBy,
                    form.AskedAt,
                    answer,
                    form.AnsweredBy,
                    form.AnsweredAt
                );
            }),
        ];
    }
}
