using CustomerFeedback.Notifications.Data;
using CustomerFeedback.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Notifications.Features.Sending;

/// <summary>
/// The worker: takes what is due for a lease, sends it, writes down what came of it. Any number of replicas; what a worker that died had
/// taken is taken over after its lease, so a provider may see a message twice, under the same id.
/// </summary>
internal sealed class SendDeliveries(
    IServiceScopeFactory scopes,
    Edges edges,
    Alarm alarm,
    TimeProvider time,
    IOptions<NotificationOptions> options,
    ILogger<SendDeliveries> log
) : BackgroundService
{
    /// <summary>How long it sleeps at most: another replica's consumer may have enqueued something.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DeliveryMetrics.Begin();
        return Rounds.Forever(
            nameof(SendDeliveries),
            async ct =>
            {
                if (await SendBatch(ct) == options.Value.BatchSize)
                    return; // there is more
                await alarm.Wait(due: null, Look, ct);
                await Task.Delay(options.Value.Gather, ct);
            },
            time,
            log,
            stoppingToken
        );
    }

    /// <summary>Sends one batch; how many it took.</summary>
    internal async Task<int> SendBatch(CancellationToken ct)
    {
        var settings = options.Value;
        IReadOnlyList<DeliveryRow> taken;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
            taken = await db.Claim(settings.BatchSize, Instants.Truncate(time.GetUtcNow()), settings.Lease, ct);
        }

        var contacts = edges.Contacts(taken, ct);
        await Parallel.ForEachAsync(
            taken,
            new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = ct },
            async (delivery, token) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<Courier>().Carry(delivery, contacts, token);
            }
        );
        return taken.Count;
    }
}
