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

    /// <summary>
    /// Gives out what waits, in one order over all queues: somebody may serve several. A queue is what asks for the same people; one that nobody
    /// can serve holds no other up.
    /// </summary>
    internal async Task Round(CancellationToken ct)
    {
        List<Wanted> queues;
        await using (var scope = scopes.CreateAsyncScope())
            queues = await Queues(scope.ServiceProvider.GetRequiredService<TicketingDbContext>(), ct);
        while (queues.Count > 0)
        {
            var before = queues.Count;
            if (await Serve(queues, ct) is var given and > 0)
                Log.Assigned(log, given);
            else if (queues.Count == before)
                return; // what is left others are at
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

    private async Task<int> Serve(List<Wanted> queues, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
        var desk = scope.ServiceProvider.GetRequiredService<Desk>();
        return await db.InTransaction(token => Serve(db, desk, queues, token), ct);
    }

    /// <summary>Gives out a batch; the queues whose first ticket finds nobody are taken off the list.</summary>
    private async Task<int> Serve(TicketingDbContext db, Desk desk, List<Wanted> queues, CancellationToken ct)
    {
        var now = Instants.Truncate(time.GetUtcNow());
        var staff = await db.People(ct);
        var load = await db.Workload(staff, ct);
        queues.RemoveAll(queue => !Assignment.SomebodyIsFree(staff, load, queue, now));
        if (queues.Count == 0)
            return 0;
        var given = 0;
        foreach (var ticket in await db.Locked(await Waiting(db, queues).ToListAsync(ct), ct))
        {
            var wanted = Wanted.For(ticket);
            if (!queues.Exists(wanted.IsOf))
                continue;
            var choice = Assignment.Choose(staff, load, wanted, now);
            if (choice.Agent is not { } agent)
            {
                queues.RemoveAll(wanted.IsOf);
                continue;
            }
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

    private static IQueryable<Guid> Waiting(TicketingDbContext db, List<Wanted> queues) =>
        db.Database.SqlQueryRaw<Guid>(
            $$"""
            SELECT t.id AS "Value" FROM tickets t
            JOIN unnest({0}, {1}, {2}) AS queue (team, asked, skills)
              ON t.team = queue.team AND t.routed_to = queue.asked AND array_to_string(t.routed_skills, '|') = queue.skills
            WHERE t.assignee IS NULL AND t.status IN {{TicketModel.OpenStates}}
            ORDER BY CASE t.urgency WHEN 'critical' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END, t.nearest_due_at NULLS LAST, t.id
            LIMIT {{Batch}} FOR UPDATE OF t SKIP LOCKED
            """,
            queues.Select(queue => queue.Team).ToArray(),
            queues.Select(queue => Refusal.Spell(queue.To)).ToArray(),
            queues.Select(queue => string.Join('|', queue.Skills)).ToArray()
        );
}
