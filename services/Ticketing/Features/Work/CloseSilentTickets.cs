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
    // A batch: more is due again at once.
    private const string Oldest = "AND resolved_at <= {0} ORDER BY resolved_at LIMIT 100 FOR UPDATE SKIP LOCKED";
    private const string Silent = $"SELECT id AS \"Value\" FROM tickets WHERE {TicketModel.SilentSince} {Oldest}";
    private const string Unreminded =
        $"SELECT id AS \"Value\" FROM tickets WHERE {TicketModel.SilentSince} AND reminded_at IS NULL {Oldest}";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    private readonly Silence silence = new(options.Value.RemindAfter, options.Value.CloseAfter);

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
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketingDbContext>();
        var desk = scope.ServiceProvider.GetRequiredService<Desk>();
        var now = Instants.Truncate(time.GetUtcNow());
        await db.InTransaction(
            async token =>
            {
                foreach (var ticket in await db.Locked(await Due(db, now, token), token))
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
        return await Next(db, ct);
    }

    // The second question finds what the first one took, where both are due: the domain then hears nothing new.
    private async Task<List<Guid>> Due(TicketingDbContext db, DateTimeOffset now, CancellationToken ct) =>
        [
            .. await db.Database.SqlQueryRaw<Guid>(Silent, now - silence.CloseAfter).ToListAsync(ct),
            .. await db.Database.SqlQueryRaw<Guid>(Unreminded, now - silence.RemindAfter).ToListAsync(ct),
        ];

    private async Task<DateTimeOffset?> Next(TicketingDbContext db, CancellationToken ct)
    {
        var silent = db.Tickets.Where(t => t.Status == TicketStatus.Resolved && t.Confirmation == null);
        var close = await silent.MinAsync(t => t.ResolvedAt, ct) + silence.CloseAfter;
        var remind =
            await silent.Where(t => t.RemindedAt == null).MinAsync(t => t.ResolvedAt, ct) + silence.RemindAfter;
        return remind < close ? remind : close;
    }
}
