using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Surveying;

/// <summary>
/// What Survey did for a ticket: a line in its timeline, and the end of the clock of the episode that it speaks of. The news may come
/// when the ticket is closed, reopened or confirmed anew; they never touch another episode's clock.
/// </summary>
internal sealed class SurveyNews(TicketingDbContext db, Desk desk, TimeProvider time, ILogger<SurveyNews> log)
{
    /// <param name="kind">Of the timeline's line.</param>
    /// <param name="number">The ticket's.</param>
    /// <param name="once">The part of <paramref name="details"/> that no two news of this kind share.</param>
    /// <param name="details">What the line says.</param>
    /// <param name="move">What it means for the clocks.</param>
    /// <param name="occurredAt">When it happened there.</param>
    /// <param name="ct">Ends it early.</param>
    public async Task Take(
        string kind,
        string number,
        object once,
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

        // The same under another message's id.
        var told = JsonSerializer.Serialize(once, JsonSerializerOptions.Web);
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
