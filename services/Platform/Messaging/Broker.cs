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
