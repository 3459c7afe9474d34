using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>The clocks of a ticket for somebody who may see it.</summary>
internal sealed record TicketClocks(string? Assignee, IReadOnlyList<SlaClock> Clocks)
{
    public required Guid TicketId { get; init; }

    /// <summary>Null where there is no such ticket for the caller.</summary>
    public static async Task<TicketClocks?> Read(
        string number,
        TicketingDbContext db,
        SlaCatalog catalog,
        Caller caller,
        CancellationToken ct
    )
    {
        var ticket = await db
            .Tickets.VisibleTo(caller)
            .Where(t => t.Number == number)
            .Select(t => new { t.Id, t.Assignee })
            .SingleOrDefaultAsync(ct);
        if (ticket is null)
            return null;
        var rows = await db
            .Clocks.AsNoTracking()
            .Where(row => row.TicketId == ticket.Id)
            .OrderBy(row => row.Episode)
            .ThenBy(row => row.StartedAt)
            // Two updates at one instant leave a promise of no length: the one that still runs comes last (nulls do).
            .ThenBy(row => row.EndedAt)
            .ThenBy(row => row.Id)
            .ToListAsync(ct);
        // In the order of the product's clock table, which is that of the names; rows of one name keep theirs.
        var clocks = (await catalog.Restore(rows, db, ct)).OrderBy(clock => clock.Episode).ThenBy(clock => clock.Name);
        return new(ticket.Assignee, [.. clocks]) { TicketId = ticket.Id };
    }
}
