using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>Tickets for update: whoever comes second waits for the first and then sees what it did.</summary>
internal static class Locks
{
    public static IQueryable<Ticket> LockedTicket(this TicketingDbContext db, string number) =>
        db.Tickets.FromSql($"SELECT * FROM tickets WHERE number = {number} FOR UPDATE");

    public static IQueryable<Ticket> LockedTicketOf(this TicketingDbContext db, Guid requestId) =>
        db.Tickets.FromSql($"SELECT * FROM tickets WHERE request_id = {requestId} FOR UPDATE");

    public static IQueryable<Ticket> LockedTicketById(this TicketingDbContext db, Guid id) =>
        db.Tickets.FromSql($"SELECT * FROM tickets WHERE id = {id} FOR UPDATE");
}
