using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Surveying;

/// <summary>
/// What Survey's answer to a confirmation means for the ticket: a line in its timeline, and the end of the clock of the episode that it
/// speaks of. The answer may come when the ticket is closed, reopened or confirmed anew; it never touches another episode's clock.
/// </summary>
internal sealed class SurveyDispatch(TicketingDbContext db, Desk desk, TimeProvider time, ILogger<SurveyDispatch> log)
{
    public async Task Answered(
        string kind,
        string number,
        Guid invitation,
        object details,
        ClockMove move,
        DateTimeOffset occurredAt,
        CancellationToken ct
    )
    {
        // Survey only knows tickets from us: one that is missing here was never told of, and no repetition would find it.
        if (await db.LockedTicket(number, tickets => tickets, ct) is not { } ticket)
        {
            Log.UnknownTicket(log, kind, number);
            return;
        }

        // The same answer under another message's id.
        var told = JsonSerializer.Serialize(new { invitation });
        if (
            await db.Timeline.AnyAsync(
                entry =>
                    entry.TicketId == ticket.Id && entry.Kind == kind && EF.Functions.JsonContains(entry.Details, told),
                ct
            )
        )
            return;

        var story = new Announcement(ticket, Announcement.System, ticket.At(Instants.Truncate(time.GetUtcNow())));
        story.Tell(kind, details);
        await desk.Tell(story, move, occurredAt, ct);
        story.Into(db);
    }
}
