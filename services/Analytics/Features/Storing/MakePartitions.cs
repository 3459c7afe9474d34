using CustomerFeedback.Analytics.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>Makes the months' partitions ahead of time. One that is late costs nothing but a move: the default partitions take what has no other place.</summary>
internal sealed class MakePartitions(IServiceScopeFactory scopes, TimeProvider time, ILogger<MakePartitions> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<AnalyticsDbContext>();
                await db.Database.ExecuteSqlAsync($"SELECT make_partitions(1, 3)", stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.PartitionsNotMade(log, e.Message, Every);
            }

            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
