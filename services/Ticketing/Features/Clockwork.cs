using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>Moves the stored clocks of a ticket.</summary>
internal sealed class Clockwork(TicketingDbContext db)
{
    public async Task<IReadOnlyList<ClockChange>> Move(
        Ticket ticket,
        ClockMove move,
        DateTimeOffset at,
        CancellationToken ct
    )
    {
        // Until the clocks are stored, every command finds an empty book.
        await db.SaveChangesAsync(ct);
        return new ClockBook(ticket.Id, []).Apply(move, ticket.SlaFacts, null, at);
    }
}
