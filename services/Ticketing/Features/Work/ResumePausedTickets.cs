using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
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
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    private readonly DueTickets due = new(most: 100, time, log);

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
        await due.Take((most, except, taken) => Resume(most, except, taken, ct));
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
        var aside = due.Except;
        return await db.Tickets.Where(t => t.ResumeAt != null && !aside.Contains(t.Id)).MinAsync(t => t.ResumeAt, ct);
    }

    private async Task Resume(int most, Guid[] except, List<Ticket> taken, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
        var desk = scope.ServiceProvider.GetRequiredService<Desk>();
        var now = Instants.Truncate(time.GetUtcNow());
        await db.InTransaction(
            async token =>
            {
                var ids = await db
                    .Database.SqlQuery<Guid>(
                        $"""
                        SELECT id AS "Value" FROM tickets WHERE resume_at <= {now} AND id <> ALL ({except})
                        ORDER BY resume_at LIMIT {most} FOR UPDATE SKIP LOCKED
                        """
                    )
                    .ToListAsync(token);
                taken.AddRange(await db.Locked(ids, token));
                foreach (var ticket in taken)
                {
                    var decision = ticket.ResumeWhenDue(now);
                    await desk.Record(ticket, Announcement.System, decision, ticket.ChangedAt, token);
                    Log.Resumed(log, ticket.Number);
                }
            },
            ct
        );
    }
}
