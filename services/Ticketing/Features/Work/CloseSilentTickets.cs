using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Ticketing.Features.Work;

/// <summary>
/// Reminds customers who have said nothing on a resolution, once, and in the end closes by silence. Any number of replicas: each
/// ticket is taken by one of them, and a word of the customer that comes before it is taken counts, however late.
/// </summary>
internal sealed class CloseSilentTickets(
    IServiceScopeFactory scopes,
    Alarms alarms,
    IOptions<TicketOptions> options,
    TimeProvider time,
    ILogger<CloseSilentTickets> log
) : BackgroundService
{
    private const string Oldest =
        "AND resolved_at <= {0} AND id <> ALL ({1}) ORDER BY resolved_at LIMIT {2} FOR UPDATE SKIP LOCKED";
    private const string Silent = $"SELECT id AS \"Value\" FROM tickets WHERE {TicketModel.SilentSince} {Oldest}";
    private const string Unreminded =
        $"SELECT id AS \"Value\" FROM tickets WHERE {TicketModel.SilentSince} AND reminded_at IS NULL {Oldest}";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    private readonly Silence silence = new(options.Value.RemindAfter, options.Value.CloseAfter);
    private readonly DueTickets due = new(most: 100, time, log);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Forever(
            nameof(CloseSilentTickets),
            async ct =>
            {
                var next = await HearDue(ct);
                await alarms.Silences.Wait(next, Look, ct);
            },
            time,
            log,
            stoppingToken
        );

    /// <summary>Reminds or closes a batch of what is due and says when to look again.</summary>
    internal async Task<DateTimeOffset?> HearDue(CancellationToken ct)
    {
        await due.Take((most, except, taken) => Hear(most, except, taken, ct));
        await using var scope = scopes.CreateAsyncScope();
        return await Next(scope.ServiceProvider.GetRequiredService<TicketingDbContext>(), ct);
    }

    private async Task Hear(int most, Guid[] except, List<Ticket> taken, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
        var desk = scope.ServiceProvider.GetRequiredService<Desk>();
        var now = Instants.Truncate(time.GetUtcNow());
        await db.InTransaction(
            async token =>
            {
                taken.AddRange(await db.Locked(await Due(db, now, most, except, token), token));
                foreach (var ticket in taken)
                {
                    var at = ticket.At(now);
                    var decision = ticket.HearNothing(silence, at);
                    if (decision.Happenings.Count == 0)
                        continue; // another replica was faster
                    await desk.Record(ticket, Announcement.System, decision, at, token);
                    Log.Silent(log, ticket.Number, ticket.Status);
                }
            },
            ct
        );
    }

    /// <summary>Whom to close first; room that is left goes to those to remind.</summary>
    private async Task<List<Guid>> Due(
        TicketingDbContext db,
        DateTimeOffset now,
        int most,
        Guid[] except,
        CancellationToken ct
    )
    {
        var ids = await Ask(Silent, silence.CloseAfter, except, most);
        if (ids.Count < most)
            ids.AddRange(await Ask(Unreminded, silence.RemindAfter, [.. except, .. ids], most - ids.Count));
        return ids;

        Task<List<Guid>> Ask(string question, TimeSpan after, Guid[] others, int room) =>
            db.Database.SqlQueryRaw<Guid>(question, now - after, others, room).ToListAsync(ct);
    }

    private async Task<DateTimeOffset?> Next(TicketingDbContext db, CancellationToken ct)
    {
        var aside = due.Except;
        var silent = db.Tickets.Where(t =>
            t.Status == TicketStatus.Resolved && t.Confirmation == null && !aside.Contains(t.Id)
        );
        var close = await silent.MinAsync(t => t.ResolvedAt, ct) + silence.CloseAfter;
        var remind =
            await silent.Where(t => t.RemindedAt == null).MinAsync(t => t.ResolvedAt, ct) + silence.RemindAfter;
        return remind < close ? remind : close;
    }
}
