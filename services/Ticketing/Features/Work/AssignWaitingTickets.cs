using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>Gives waiting work to whoever becomes free: critical before urgent before normal, then what is due first.</summary>
internal sealed class AssignWaitingTickets(
    IServiceScopeFactory scopes,
    Alarms alarms,
    IOptions<TicketOptions> options,
    TimeProvider time,
    ILogger<AssignWaitingTickets> log
) : BackgroundService
{
    private const int Batch = 50;

    private static readonly TicketStatus[] Open = CommandTable.Of(Command.Assign).From;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Forever(
            nameof(AssignWaitingTickets),
            async ct =>
            {
                await Round(ct);
                await alarms.Waiting.Wait(due: null, options.Value.QueueLook, ct);
            },
            time,
            log,
            stoppingToken
        );

    /// <summary>Once through all queues. A queue is what asks for the same people: one that nobody can serve holds no other up.</summary>
    internal async Task Round(CancellationToken ct)
    {
        IReadOnlyList<Wanted> queues;
        await using (var scope = scopes.CreateAsyncScope())
            queues = await Queues(scope.ServiceProvider.GetRequiredService<TicketingDbContext>(), ct);
        foreach (var queue in queues)
        {
            while (await Serve(queue, ct) is var given and > 0)
                Log.Assigned(log, given, queue.Team);
        }
    }

    private static async Task<List<Wanted>> Queues(TicketingDbContext db, CancellationToken ct)
    {
        var asked = await db
            .Tickets.Where(t => t.Assignee == null && Open.Contains(t.Status))
            .Select(t => new
            {
                t.Team,
                t.Routed.To,
                t.Routed.Skills,
            })
            .Distinct()
            .ToListAsync(ct);
        return [.. asked.Select(queue => new Wanted(queue.Team, queue.To, queue.Skills, WorkUnits: 1))];
    }

    private async Task<int> Serve(Wanted queue, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
        var desk = scope.ServiceProvider.GetRequiredService<Desk>();
        return await db.InTransaction(token => Serve(db, desk, queue, token), ct);
    }

    private async Task<int> Serve(TicketingDbContext db, Desk desk, Wanted queue, CancellationToken ct)
    {
        var now = Instants.Truncate(time.GetUtcNow());
        var staff = await db.People(ct);
        var load = await db.Workload(staff, ct);
        if (!Assignment.SomebodyIsFree(staff, load, queue, now))
            return 0;
        var given = 0;
        foreach (var ticket in await db.Locked(await Waiting(db, queue).ToListAsync(ct), ct))
        {
            var choice = Assignment.Choose(staff, load, Wanted.For(ticket), now);
            if (choice.Agent is not { } agent)
                break;
            var why = $"{choice.Explanation}; of what waited it was the most urgent";
            var handover = new Handover(ticket.Team, agent, Announcement.System, why, Automatic: true);
            await desk.Do(
                ticket,
                Announcement.System,
                (t, order, _) => Task.FromResult(t.Assign(handover, order.At)),
                ct
            );
            given++;
        }

        await db.SaveChangesAsync(ct);
        await db.NoteGiven(load, ct);
        return given;
    }

    private static IQueryable<Guid> Waiting(TicketingDbContext db, Wanted queue) =>
        db.Database.SqlQueryRaw<Guid>(
            $$"""
            SELECT id AS "Value" FROM tickets
            WHERE assignee IS NULL AND status IN {{TicketModel.OpenStates}}
              AND team = {0} AND routed_to = {1} AND routed_skills = {2}
            ORDER BY CASE urgency WHEN 'critical' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END, nearest_due_at NULLS LAST, id
            LIMIT {{Batch}} FOR UPDATE SKIP LOCKED
            """,
            queue.Team,
            Refusal.Spell(queue.To),
            queue.Skills.ToArray()
        );
}
