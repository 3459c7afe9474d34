using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Intake.Features.Copying;

/// <summary>Keeps a copy of every published version of a calendar: promises are working time of the highest.</summary>
internal sealed class CopyCalendarOnSlaCalendarPublished(IntakeDbContext db) : IConsumer<SlaCalendarPublished>
{
    public Task Consume(ConsumeContext<SlaCalendarPublished> context) =>
        db.HandleOnce(
            context,
            async ct =>
            {
                var calendar = context.Message;
                await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO sla_calendars (calendar_id, version, calendar, published_at)
                    VALUES ({calendar.CalendarId}, {calendar.Version}, {calendar.Calendar.GetRawText()}::jsonb,
                            {calendar.PublishedAt})
                    ON CONFLICT DO NOTHING
                    """,
                    ct
                );
                await db.Database.ExecuteSqlRawAsync(RuleBook.RaiseRevision, ct);
            }
        );
}
