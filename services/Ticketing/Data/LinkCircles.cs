using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>"The same concern as" leads somewhere: following duplicates and merges from a ticket never comes back to it.</summary>
internal static class LinkCircles
{
    /// <summary>More tickets than people take for one concern; a longer chain is refused too, rather than read on.</summary>
    private const int Most = 1000;

    private const long Lock = 0x4C49_4E4B; // "LINK"

    /// <summary>Whether such a link from one ticket to the other would close a circle. Asked one at a time until the transaction ends.</summary>
    public static async Task<bool> ClosesCircle(this TicketingDbContext db, Guid from, Guid to, CancellationToken ct)
    {
        // Two links that close a circle together touch different tickets: their rows' locks do not keep them apart.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
        var reached = await db
            .Database.SqlQuery<Guid>(
                $"""
                WITH RECURSIVE onward (id) AS (
                    SELECT {to}::uuid
                    UNION
                    SELECT links.other_id FROM onward JOIN links ON links.ticket_id = onward.id
                    WHERE links.kind IN ('duplicate_of', 'merged_into')
                )
                SELECT id AS "Value" FROM onward LIMIT {Most}
                """
            )
            .ToListAsync(ct);
        return reached.Count == Most || reached.Contains(from);
    }
}
