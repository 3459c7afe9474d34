using CustomerFeedback.Local.Access;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// The gateway and some or all services as processes of this build, on servers of their own with fsync on. Everything that is
/// measured shares this machine's cores with the load.
/// </summary>
internal sealed class MeasuredSystem : IAsyncDisposable
{
    /// <summary>All five services; the gateway is always there.</summary>
    public static readonly IReadOnlyList<string> Whole = [.. Service.All.Select(service => service.Name)];

    private static readonly string State = Path.Combine(Checkout.Root, ".local", "benchmarks");

    private readonly MeasuredServers servers;
    private readonly FeedbackSystem system;

    private MeasuredSystem(MeasuredServers servers, FeedbackSystem system, Known known)
    {
        (this.servers, this.system) = (servers, system);
        (Tokens, Databases, LinkKey) = (known.Tokens, known.Databases, known.LinkKey);
    }

    private sealed record Known(
        IReadOnlyDictionary<string, string> Tokens,
        IReadOnlyDictionary<string, string> Databases,
        string LinkKey
    );

    /// <summary>A token per role, as <c>integration</c>.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; }

    /// <summary>A connection string per started service.</summary>
    public IReadOnlyDictionary<string, string> Databases { get; }

    /// <summary>What customers' links are signed with, base64.</summary>
    public string LinkKey { get; }

    /// <summary>The virtual host of our services.</summary>
    public Uri Broker => servers.Broker.Address("system");

    /// <summary>A virtual host that none of our services use.</summary>
    public Uri RawBroker => servers.Broker.Address("raw");

    /// <summary>The superuser's connection string.</summary>
    public string Postgres => servers.Postgres.ConnectionString;

    public Uri Gateway => system.Gateway;

    public Uri Intake => Of("intake").Url;

    /// <summary>The (first) process of a service, or of <c>gateway</c>.</summary>
    public HostProcess Of(string service) => All(service)[0];

    /// <summary>The processes of a service.</summary>
    public IReadOnlyList<HostProcess> All(string service) => system.Of(service);

    /// <summary>A process was started again.</summary>
    public void OnRestart(Action restarted) => system.Changed = restarted;

    /// <param name="services">By name; the gateway comes with them.</param>
    /// <param name="keep">On the data that the last one has left (by <see cref="Stop"/>), instead of on fresh servers.</param>
    /// <param name="ct">Ends it early.</param>
    /// <param name="replicas">Of each service.</param>
    public static async Task<MeasuredSystem> Start(
        IReadOnlyList<string> services,
        bool keep,
        CancellationToken ct,
        int replicas = 1
    )
    {
        await RunRecord.EndLeftovers(State);
        if (!keep && Directory.Exists(State))
            Directory.Delete(State, recursive: true);
        Directory.CreateDirectory(State);

        var secrets = Secrets.Kept(Path.Combine(State, "keys", "secrets.json"));
        var record = RunRecord.In(State);
        var own = await MeasuredServers.Start(secrets, record, keep, ct);
        // Not disposed of: what signs is kept by the key's name, and a second start has the same one.
        var key = SigningKey.Kept(Path.Combine(State, "keys", "signing-key.pem"));
        var databases = await Local.Hosts.Databases.Ensure(
            own.Postgres.ConnectionString,
            [.. Service.All.Where(service => services.Contains(service.Name))],
            secrets.RolePassword,
            "bench_",
            ct
        );
        var plan = new SystemPlan(
            State,
            databases,
            own.Broker.Address("system"),
            Settings(secrets, key),
            Replicas: replicas,
            Gateways: 1,
            GatewayPort: 8380,
            ServicePortOffset: 300
        );
        var started = await FeedbackSystem.Start(plan, record, _ => { }, ct);
        var now = TimeProvider.System.GetUtcNow();
        return new(
            own,
            started,
            new(
                LocalTokens.Bearers.ToDictionary(
                    b => b.Key,
                    b => key.Sign(b.Value, now.AddMinutes(-1), now.AddDays(1))
                ),
                databases.ToDictionary(d => d.Key.Name, d => d.Value),
                secrets.LinksKey
            )
        );
    }

    /// <summary>Ends all processes; the data stays for the next start.</summary>
    public async Task Stop()
    {
        await system.DisposeAsync();
        await servers.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        MeasuredServers.Forget();
    }

    private static Dictionary<string, string> Settings(Secrets secrets, SigningKey key)
    {
        var jwks = Path.Combine(State, "keys", "jwks.json");
        key.WriteJwks(jwks);
        var serviceToken = Path.Combine(State, "service.jwt");
        LocalTokens.WriteService(key, serviceToken, TimeProvider.System.GetUtcNow());
        return new(secrets.Configuration(jwks), StringComparer.Ordinal)
        {
            ["Edges:TokenFile"] = serviceToken,
            // One client brings all of the load; its limit is another test's subject.
            ["RateLimits:PerClient:PerSecond"] = "1000000",
            ["RateLimits:PerClient:Burst"] = "1000000",
            ["RateLimits:PerAddress:PerSecond"] = "1000000",
            ["RateLimits:PerAddress:Burst"] = "1000000",
            ["Logging:LogLevel:Default"] = "Warning",
        };
    }
}
