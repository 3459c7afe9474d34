using System.Linq.Expressions;
using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Features.Rebuilding;
using CustomerFeedback.Analytics.Features.Resending;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerFeedback.Analytics.Features.Jobs;

/// <summary>Does the long work that is asked for, one at a time in the whole installation; a job whose worker died is begun again by another.</summary>
internal sealed class RunJobs(IServiceScopeFactory scopes, Alarm alarm, TimeProvider time, ILogger<RunJobs> log)
    : BackgroundService
{
    private const long JobLock = 0x5245_4255_494C_44; // "REBUILD", the first kind there was
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    // A newer version's kinds are left to it.
    private static readonly string[] Kinds = [StartRebuild.Kind, StartResend.Kind];

    private static readonly Expression<Func<Job, bool>> IsOpen = job =>
        Kinds.Contains(job.Kind) && (job.State == "queued" || job.State == "running");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Forever(
            nameof(RunJobs),
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
        var address = scope.ServiceProvider.GetRequiredService<IConfiguration>().Address();
        await using var turn = new NpgsqlConnection(address + ";Pooling=false");
        await turn.OpenAsync(ct);
        await using var take = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", turn);
        take.Parameters.AddWithValue(JobLock);
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
            job.Result = JsonSerializer.Serialize(await Work(job, scope.ServiceProvider), JsonSerializerOptions.Web);
            job.State = "succeeded";
            job.Progress = 1;
            Log.JobDone(log, job.Kind, job.Id, job.Result);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.JobFailed(log, e, job.Kind, job.Id);
            job.State = "failed";
            job.Error = e.Message;
        }

        job.FinishedAt = Instants.Truncate(time.GetUtcNow());
        await db.SaveChangesAsync(ct);

        async Task<object> Work(Job asked, IServiceProvider services) =>
            asked.Kind switch
            {
                StartRebuild.Kind => await services.GetRequiredService<Rebuild>().Run(Tell, ct),
                StartResend.Kind => await services.GetRequiredService<Resend>().Run(ResendOrder.Of(asked), Tell, ct),
                var kind => throw new InvalidOperationException($"Nobody does the job {kind}."),
            };

        Task Tell(double progress)
        {
            job.Progress = progress;
            return db.SaveChangesAsync(ct);
        }
    }
}
