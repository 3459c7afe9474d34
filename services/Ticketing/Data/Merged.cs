using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>Where the work of a merged ticket goes on.</summary>
internal static class Merged
{
    /// <summary>The number of the ticket at the end of the way: what it was merged into may have been merged further.</summary>
    /// <remarks>The way ends, because nothing is merged into what is cancelled; the depth is a net.</remarks>
    public static async Task<string?> MergedInto(this TicketingDbContext db, Guid ticket, CancellationToken ct) =>
        (
            await db
                .Database.SqlQuery<string>(
                    $"""
                    WITH RECURSIVE way (id, step) AS (
                        SELECT other_id, 1 FROM links WHERE ticket_id = {ticket} AND kind = 'merged_into'
                        UNION ALL
                        SELECT l.other_id, step + 1 FROM way JOIN links l ON l.ticket_id = way.id AND l.kind = 'merged_into' WHERE step < 100
                    )
                    SELECT t.number FROM way JOIN tickets t USING (id) ORDER BY step DESC LIMIT 1
                    """
                )
                .ToListAsync(ct)
        ).FirstOrDefault();
}
