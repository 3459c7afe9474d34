using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>A proposal as the API shows it.</summary>
/// <param name="BaseVersion">The version that it would change.</param>
/// <param name="Version">The version that its approval made; null while it is open.</param>
internal sealed record CalendarProposal(
    Guid Id,
    string Calendar,
    int BaseVersion,
    IReadOnlyList<ListedDay> Adds,
    IReadOnlyList<ListedDay> Removes,
    IReadOnlyList<ChangedDay> Changes,
    IReadOnlyList<ListFinding> Findings,
    string ProposedBy,
    DateTimeOffset ProposedAt,
    string? ApprovedBy,
    DateTimeOffset? ApprovedAt,
    int? Version
)
{
    public static CalendarProposal Of(CalendarImportRow row)
    {
        var changes = SlaDocuments.Read<CalendarChanges>(row.Changes);
        return new(
            row.Id,
            row.CalendarId,
            row.BaseVersion,
            changes.Adds,
            changes.Removes,
            changes.Changes,
            SlaDocuments.Read<List<ListFinding>>(row.Findings),
            row.ProposedBy,
            row.ProposedAt,
            row.ApprovedBy,
            row.ApprovedAt,
            row.Version
        );
    }

    /// <summary>Null where this calendar has no such proposal.</summary>
    public static Task<CalendarImportRow?> Find(
        TicketingDbContext db,
        string calendar,
        Guid id,
        CancellationToken ct
    ) => db.Set<CalendarImportRow>().SingleOrDefaultAsync(row => row.Id == id && row.CalendarId == calendar, ct);
}
