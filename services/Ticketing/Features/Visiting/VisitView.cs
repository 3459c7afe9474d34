using System.Text.Json;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Visiting;

/// <summary>A visit as the API shows it.</summary>
/// <param name="State"><c>planned</c>, <c>cancelled</c> with its ticket, or its outcome: <c>done</c>, <c>not_done</c>, <c>customer_absent</c>.</param>
/// <param name="Punctuality"><c>kept</c> or <c>late</c>; null until it is reported.</param>
/// <param name="Missing">Tools and parts that were missing.</param>
internal sealed record VisitView(
    Guid Id,
    string Ticket,
    DateTimeOffset From,
    DateTimeOffset To,
    string Person,
    string State,
    string? Punctuality,
    DateTimeOffset? ArrivedAt,
    IReadOnlyList<string> Missing,
    string? Note,
    string ArrangedBy,
    DateTimeOffset ArrangedAt,
    string? ReportedBy,
    DateTimeOffset? ReportedAt
)
{
    /// <summary>What was said on coming back, as it is kept.</summary>
    internal sealed record Report(string? Note, IReadOnlyList<string> Missing)
    {
        public Wording? ToWords() =>
            Note is null && Missing.Count == 0
                ? null
                : new(
                    string.Join('\n', Missing.Prepend(Note).OfType<string>()),
                    JsonSerializer.Serialize(this, MessagingJson.Options)
                );
    }

    /// <summary>Visits of one ticket with their words, in the given order.</summary>
    public static async Task<IReadOnlyList<VisitView>> Of(
        IReadOnlyCollection<Visit> visits,
        string number,
        TicketStatus status,
        TicketingDbContext db,
        CancellationToken ct
    )
    {
        Guid[] ids = [.. visits.Select(visit => visit.ReportId).OfType<Guid>()];
        var reports = await db
            .Notes.AsNoTracking()
            .Where(note => ids.Contains(note.Id))
            .ToDictionaryAsync(note => note.Id, note => note.Parts, ct);
        return
        [
            .. visits.Select(visit =>
            {
                var parts = visit.ReportId is { } id ? reports.GetValueOrDefault(id) : null;
                return Of(visit, number, status, parts is null ? new(null, []) : Read(parts));
            }),
        ];
    }

    private static VisitView Of(Visit visit, string number, TicketStatus status, Report report) =>
        new(
            visit.Id,
            number,
            visit.StartsAt,
            visit.EndsAt,
            visit.Person,
            visit.Outcome is { } outcome ? Refusal.Spell(outcome)
                : status is TicketStatus.Cancelled ? "cancelled"
                : "planned",
            visit.Kept is { } kept ? (kept ? "kept" : "late") : null,
            visit.ArrivedAt,
            report.Missing,
            report.Note,
            visit.ArrangedBy,
            visit.ArrangedAt,
            visit.ReportedBy,
            visit.ReportedAt
        );

    private static Report Read(string parts) => JsonSerializer.Deserialize<Report>(parts, MessagingJson.Options)!;
}
