using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>Sends invitations when they are due. Any number of replicas: each invitation is taken by one of them, and what came due meanwhile goes out late, not never.</summary>
internal sealed class DispatchInvitations(
    IServiceScopeFactory scopes,
    Alarm alarm,
    IOptions<SurveyOptions> options,
    TimeProvider time,
    ILogger<DispatchInvitations> log
) : BackgroundService
{
    private const int Batch = 100;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        InvitationMetrics.Begin();
        return Rounds.Forever(
            nameof(DispatchInvitations),
            async ct =>
            {
                var (taken, next) = await SendDue(ct);
                // What is due and was not to be had is in another replica's hands.
                if (taken == 0)
                    await alarm.Wait(next > time.GetUtcNow() ? next : null, options.Value.DispatchLook, ct);
            },
            time,
            log,
            stoppingToken
        );
    }

    /// <summary>Decides one batch of what is due; says how many it took and when the next one is due.</summary>
    internal async Task<(int Taken, DateTimeOffset? Next)> SendDue(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SurveyDbContext>();
        var sending = scope.ServiceProvider.GetRequiredService<Sending>();
        var now = Instants.Truncate(time.GetUtcNow());
        var taken = await db.InTransaction(
            async token =>
            {
                var due = await db
                    .Invitations.FromSql(
                        $"SELECT * FROM invitations WHERE state = 'queued' AND due_at <= {now} ORDER BY due_at LIMIT {Batch} FOR UPDATE SKIP LOCKED"
                    )
                    .ToListAsync(token);
                foreach (var invitation in due)
                    await sending.Decide(invitation, now, token);
                return due.Count;
            },
            ct
        );
        var next = await db
            .Invitations.Where(i => i.State == InvitationState.Queued)
            .MinAsync(i => (DateTimeOffset?)i.DueAt, ct);
        return (taken, next);
    }
}
