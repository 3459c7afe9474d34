using System.Linq.Expressions;
using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerFeedback.Analytics.Features.Rebuilding;

/// <summary>Does the rebuilds that are asked for, one at a time in the whole installation; one whose worker died is begun again by another.</summary>
internal sealed class RunRebuilds(IServiceScopeFactory scopes, Alarm alarm, TimeProvider time, ILogger<RunRebuilds> log)
    : BackgroundService
{
    private const long RebuildLock = 0x5245_4255_494C_44; // "REBUILD"
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private static readonly Expression<Func<Job, bool>> IsOpen = job =>
        job.Kind == StartRebuild.Kind && (job.State == "queued" || job.State == "running");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Forever(
            nameof(RunRebuilds),
            async ct =>
            {
                await Turn(ct);
                await alarm.Wait(due: null, Look, ct);
            },
            time,
            log,
            stoppingToken
        );

    private async Task Turn(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnalyticsDbContext>();
        if (!await db.Jobs.AnyAsync(IsOpen, ct))
            return;

        // The lock lives as long as this connection, so a worker that dies gives it back.
        var address = ServiceDatabase.Address(scope.ServiceProvider);
        await using var turn = new NpgsqlConnection(address + ";Pooling=false");
        await turn.OpenAsync(ct);
        await using var take = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", turn);
        take.Parameters.AddWithValue(RebuildLock);
        if (await take.ExecuteScalarAsync(ct) is not true)
            return;
        while (await db.Jobs.Where(IsOpen).OrderBy(job => job.CreatedAt).FirstOrDefaultAsync(ct) is { } job)
            await Run(job, db, ct);
    }

    private async Task Run(Job job, AnalyticsDbContext db, CancellationToken ct)
    {
        job.State = "running";
        job.StartedAt = Instants.Truncate(time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var outcome = await scope.ServiceProvider.GetRequiredService<Rebuild>().Run(Tell, ct);
            job.State = "succeeded";
            job.Progress = 1;
            job.Result = JsonSerializer.Serialize(outcome, JsonSerializerOptions.Web);
            Log.Rebuilt(log, outcome.Events, outcome.Equal);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.RebuildFailed(log, e, job.Id);
            job.State = "failed";
            job.Error = e.Message;
        }

        job.FinishedAt = Instants.Truncate(time.GetUtcNow());
        await db.SaveChangesAsync(ct);

        Task Tell(double progress)
        {
            job.Progress = progress;
            return db.SaveChangesAsync(ct);
        }
    }
}
