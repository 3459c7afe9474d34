using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace CustomerFeedback.Messaging;

/// <summary>Connections of our own to the broker, apart from those that MassTransit consumes with.</summary>
internal static class Broker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Fails within seconds, also where the broker accepts the connection and then says nothing.</summary>
    public static async Task<IConnection> Connect(MessagingSetup setup, string role, CancellationToken ct)
    {
        var factory = new ConnectionFactory
        {
            Uri = setup.Broker,
            ClientProvidedName = $"{setup.Service} {role}",
            // Recovery is ours: a new connection with a clean ledger, never a revived one with confirms of unknown owners.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            ContinuationTimeout = TimeSpan.FromSeconds(10),
            HandshakeContinuationTimeout = TimeSpan.FromSeconds(10),
        };
        var connecting = factory.CreateConnectionAsync(ct);
        try
        {
            return await connecting.WaitAsync(Patience, ct);
        }
        catch (Exception)
        {
            _ = AbandonLater(connecting);
            throw;
        }
    }

    /// <summary>Works on a connection, and when it is lost on a new one, until the host stops.</summary>
    /// <param name="work">Gets the connection, and what to call when something has been achieved on it.</param>
    public static async Task Keep(
        MessagingSetup setup,
        string role,
        ILogger log,
        Func<IConnection, Action, Task> work,
        CancellationToken ct
    )
    {
        for (var failures = 0; !ct.IsCancellationRequested; )
        {
            IConnection? connection = null;
            try
            {
                connection = await Connect(setup, role, ct);
                await work(connection, () => failures = 0);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures++;
                var delay = TimeSpan.FromSeconds(Math.Min(15, 0.5 * Math.Pow(2, Math.Min(failures, 5))));
                if (failures <= 5 || failures % 20 == 0)
                    log.ConnectionInterrupted(role, delay, e.Message);
                await Task.Delay(delay, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                Abandon(connection);
            }
        }
    }

    private static async Task AbandonLater(Task<IConnection> connecting)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully)
            Abandon(await connecting);
    }

    /// <summary>Lets go of a connection that may be stuck: nobody waits for it, its socket is closed in any case.</summary>
    public static void Abandon(IConnection? connection)
    {
        if (connection is not null)
            _ = Task.Run(async () =>
            {
                await connection.AbortAsync(TimeSpan.FromSeconds(2));
                await connection.DisposeAsync();
            });
    }
}
