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
                var next = await Next(ct);
                var isDue = next <= time.GetUtcNow();
                // What is due and was not to be had is in another replica's hands.
                if (!isDue || await SendDue(ct) == 0)
                    await alarm.Wait(isDue ? null : next, options.Value.DispatchLook, ct);
            },
            time,
            log,
            stoppingToken
        );
    }

    /// <summary>When the next one is due: all that is asked while nothing is.</summary>
    private async Task<DateTimeOffset?> Next(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SurveyDbContext>();
        return await db
            .Invitations.Where(i => i.State == InvitationState.Queued)
            .MinAsync(i => (DateTimeOffset?)i.DueAt, ct);
    }

    /// <summary>Decides one batch of what is due; says how many it took.</summary>
    internal async Task<int> SendDue(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SurveyDbContext>();
        var sending = scope.ServiceProvider.GetRequiredService<Sending>();
        var now = Instants.Truncate(time.GetUtcNow());
        return await db.InTransaction(
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
    }
}
