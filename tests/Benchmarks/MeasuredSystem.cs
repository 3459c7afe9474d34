using CustomerFeedback.Local.Access;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// Gateway, Intake and Ticketing as processes of this build, on servers of their own with fsync on. Everything that is
/// measured shares this machine's cores with the load.
/// </summary>
internal sealed class MeasuredSystem : IAsyncDisposable
{
    private static readonly string State = Path.Combine(Checkout.Root, ".local", "benchmarks");

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

    private readonly PostgresServer postgres;
    private readonly RabbitMqServer broker;
    private readonly FeedbackSystem system;

    private MeasuredSystem(PostgresServer postgres, RabbitMqServer broker, FeedbackSystem system, Known known)
    {
        (this.postgres, this.broker, this.system) = (postgres, broker, system);
        (Tokens, Databases) = (known.Tokens, known.Databases);
    }

    private sealed record Known(
        IReadOnlyDictionary<string, string> Tokens,
        IReadOnlyDictionary<string, string> Databases
    );

    /// <summary>A token per role, as <c>integration</c>.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; }

    /// <summary>A connection string per service.</summary>
    public IReadOnlyDictionary<string, string> Databases { get; }

    /// <summary>The superuser's connection string.</summary>
    public string Postgres => postgres.ConnectionString;

    /// <summary>The virtual host of our services.</summary>
    public Uri Broker => broker.Address("system");

    /// <summary>A virtual host that none of our services use.</summary>
    public Uri RawBroker => broker.Address("raw");

    public Uri Gateway => system.Gateway;

    public Uri Intake => system.Of("intake")[0].Url;

    /// <summary>Its processes' numbers.</summary>
    public IEnumerable<int> Ticketing => system.Of("ticketing").Select(host => host.Pid);

    public static async Task<MeasuredSystem> Start(CancellationToken ct)
    {
        await RunRecord.EndLeftovers(State);
        if (Directory.Exists(State))
            Directory.Delete(State, recursive: true);
        Directory.CreateDirectory(State);

        var found =
            await ServerSetup.Obtain(Console.WriteLine, ct)
            ?? throw new InvalidOperationException("The benchmarks need PostgreSQL and RabbitMQ on this machine.");
        var secrets = Secrets.Create();
        var record = RunRecord.In(State);
        var startPostgres = PostgresServer.Start(
            new(found.Postgres, Fresh("bench-postgres"), secrets.ServerPassword, 54420, PostgresSettings),
            ct
        );
        var startBroker = RabbitMqServer.Start(
            new(found.RabbitMq, Fresh("bench-rabbitmq"), secrets.ServerPassword, 56820, VirtualHosts),
            ct
        );
        await Task.WhenAll(startPostgres, startBroker);
        // An interrupted run's servers are ended by the next one.
        record.Add("postgres", (await startPostgres).Process.Mark);
        record.Add("rabbitmq", (await startBroker).Process.Mark);
        record.Add("epmd", (await startBroker).Epmd.Mark);

        using var key = SigningKey.Create();
        var jwks = Path.Combine(State, "jwks.json");
        key.WriteJwks(jwks);
        var settings = secrets.Configuration(jwks);
        // One client brings all of the load; its limit is another test's subject.
        settings["RateLimits:PerClient:PerSecond"] = "1000000";
        settings["RateLimits:PerClient:Burst"] = "1000000";
        settings["Logging:LogLevel:Default"] = "Warning";

        Service[] measured = [.. Service.All.Where(s => s.Name is "intake" or "ticketing")];
        var databases = await Local.Hosts.Databases.Ensure(
            (await startPostgres).ConnectionString,
            measured,
            secrets.RolePassword,
            "bench_",
            ct
        );
        var plan = new SystemPlan(
            State,
            databases,
            (await startBroker).Address("system"),
            settings,
            Replicas: 1,
            Gateways: 1,
            GatewayPort: 8380,
            ServicePortOffset: 300
        );
        var started = await FeedbackSystem.Start(plan, record, Console.WriteLine, ct);
        var now = TimeProvider.System.GetUtcNow();
        return new(
            await startPostgres,
            await startBroker,
            started,
            new(
                LocalTokens.Bearers.ToDictionary(
                    b => b.Key,
                    b => key.Sign(b.Value, now.AddMinutes(-1), now.AddDays(1))
                ),
                databases.ToDictionary(d => d.Key.Name, d => d.Value)
            )
        );
    }

    public async ValueTask DisposeAsync()
    {
        await system.DisposeAsync();
        await Task.WhenAll(postgres.Stop(), broker.Stop());
        foreach (var home in new[] { "bench-postgres", "bench-rabbitmq" })
            Directory.Delete(DataHome.For(home), recursive: true);
    }

    private static string Fresh(string name)
    {
        var home = DataHome.For(name);
        Directory.Delete(home, recursive: true);
        return DataHome.For(name);
    }
}
