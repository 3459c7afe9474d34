using CustomerFeedback.Local.Access;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;

namespace CustomerFeedback.Benchmarks;

/// <summary>PostgreSQL and RabbitMQ that nobody else uses.</summary>
internal sealed record MeasuredServers(PostgresServer Postgres, RabbitMqServer Broker)
{
    private const string PostgresHome = "bench-postgres";
    private const string BrokerHome = "bench-rabbitmq";

    // As the local run's: durable, no standby to feed.
    private static readonly string[] PostgresSettings =
    [
        "max_connections=300",
        "shared_buffers=512MB",
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_wal_size=4GB",
    ];

    private static readonly string[] VirtualHosts = ["system", "raw"];

    public static async Task<MeasuredServers> Start(Secrets secrets, RunRecord record, bool keep, CancellationToken ct)
    {
        if (!keep)
            Forget();
        var found =
            await ServerSetup.Obtain(Console.WriteLine, ct)
            ?? throw new InvalidOperationException("The benchmarks need PostgreSQL and RabbitMQ on this machine.");
        var postgres = PostgresServer.Start(
            new(found.Postgres, DataHome.For(PostgresHome), secrets.ServerPassword, 54420, PostgresSettings),
            ct
        );
        var broker = RabbitMqServer.Start(
            new(found.RabbitMq, DataHome.For(BrokerHome), secrets.ServerPassword, 56820, VirtualHosts),
            ct
        );
        await Task.WhenAll(postgres, broker);
        // An interrupted run's servers are ended by the next one.
        record.Add("postgres", (await postgres).Process.Mark);
        record.Add("rabbitmq", (await broker).Process.Mark);
        record.Add("epmd", (await broker).Epmd.Mark);
        return new(await postgres, await broker);
    }

    public Task Stop() => Task.WhenAll(Postgres.Stop(), Broker.Stop());

    /// <summary>Removes their data.</summary>
    public static void Forget()
    {
        foreach (var home in new[] { PostgresHome, BrokerHome })
            Directory.Delete(DataHome.For(home), recursive: true);
    }
}
