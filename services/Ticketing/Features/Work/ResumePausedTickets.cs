using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Ends pauses whose agreed time has come. Any number of replicas: each ticket is taken by one of them, and late ones end at the agreed time.</summary>
internal sealed class ResumePausedTickets(
    IServiceScopeFactory scopes,
    Alarms alarms,
    TimeProvider time,
    ILogger<ResumePausedTickets> log
) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Forever(
            nameof(ResumePausedTickets),
            async ct =>
            {
                var next = await ResumeDue(ct);
                await alarms.Pauses.Wait(next, Look, ct);
            },
            time,
            log,
            stoppingToken
        );

    /// <summary>Resumes a batch of what is due and says when to look again.</summary>
    internal async Task<DateTimeOffset?> ResumeDue(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
        var desk = scope.ServiceProvider.GetRequiredService<Desk>();
        var now = Instants.Truncate(time.GetUtcNow());
        await db.InTransaction(
            async token =>
            {
                var due = await db
                    .Database.SqlQuery<Guid>(
                        $"SELECT id AS \"Value\" FROM tickets WHERE resume_at <= {now} ORDER BY resume_at LIMIT {Batch} FOR UPDATE SKIP LOCKED"
                    )
                    .ToListAsync(token);
                foreach (var ticket in await db.Locked(due, token))
                {
                    var decision = ticket.ResumeWhenDue(now);
                    await desk.Record(ticket, Announcement.System, decision, ticket.ChangedAt, token);
                    Log.Resumed(log, ticket.Number);
                }
            },
            ct
        );
        return await db.Tickets.Where(t => t.ResumeAt != null).MinAsync(t => t.ResumeAt, ct);
    }
}
