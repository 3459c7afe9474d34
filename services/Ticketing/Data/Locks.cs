using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>Tickets for update: whoever comes second waits for the first and then sees what it did.</summary>
/// <remarks>Two statements, because EF cannot read a ticket's parts (<c>Origin</c> ...) from a statement of ours; the lock holds for both.</remarks>
internal static class Locks
{
    /// <summary>By number, where it is among those that the caller sees.</summary>
    public static async Task<Ticket?> LockedTicket(
        this TicketingDbContext db,
        string number,
        Func<IQueryable<Ticket>, IQueryable<Ticket>> visible,
        CancellationToken ct
    )
    {
        var seen = await visible(db.Tickets).Where(t => t.Number == number).Select(t => t.Id).ToListAsync(ct);
        if (seen.Count == 0)
            return null;
        await db.Database.ExecuteSqlAsync($"SELECT FROM tickets WHERE id = {seen[0]} FOR UPDATE", ct);
        // Asked again: while we waited it may have gone to a team whose tickets the caller does not see.
        return await visible(db.Tickets).SingleOrDefaultAsync(t => t.Id == seen[0], ct);
    }

    /// <summary>Several by number, of those that the caller sees.</summary>
    /// <remarks>Always in order of id: two who take the same two tickets from either end never wait for each other in a circle.</remarks>
    public static async Task<IReadOnlyDictionary<string, Ticket>> LockedTickets(
        this TicketingDbContext db,
        string[] numbers,
        Func<IQueryable<Ticket>, IQueryable<Ticket>> visible,
        CancellationToken ct
    )
    {
        var seen = await visible(db.Tickets).Where(t => numbers.Contains(t.Number)).Select(t => t.Id).ToArrayAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT FROM tickets WHERE id = ANY ({seen}) ORDER BY id FOR UPDATE", ct);
        return await visible(db.Tickets).Where(t => seen.Contains(t.Id)).ToDictionaryAsync(t => t.Number, ct);
    }

    /// <summary>The ticket of a request; null where there is none yet.</summary>
    public static async Task<Ticket?> LockedTicketOf(this TicketingDbContext db, Guid requestId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM tickets WHERE request_id = {requestId} FOR UPDATE", ct);
        return await db.Tickets.SingleOrDefaultAsync(t => t.RequestId == requestId, ct);
    }

    /// <summary>Those that were locked under these ids, in this order.</summary>
    public static async Task<IReadOnlyList<Ticket>> Locked(
        this TicketingDbContext db,
        IReadOnlyList<Guid> ids,
        CancellationToken ct
    )
    {
        if (ids.Count == 0)
            return [];
        var tickets = await db.Tickets.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
        return [.. ids.Select(id => tickets[id])];
    }
}
