using System.Globalization;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;
using CustomerFeedback.TestKit;

[assembly: CaptureConsole]

namespace CustomerFeedback.EndToEnd.Tests.Running;

/// <summary>
/// Gateway, Intake and Ticketing (two replicas each) as real processes, started by the launcher's own code on real servers. The broker is
/// this system's own, because tests stop it.
/// </summary>
public sealed class RunningSystem : IAsyncLifetime
{
    private static readonly IReadOnlyList<Service> Started =
    [
        .. Service.All.Where(service => service.Name is "intake" or "ticketing"),
    ];

    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"e2e{Environment.ProcessId}_");
    private readonly string _state = Path.Combine(
        TestServersKeeper.Systems(Path.Combine(Checkout.Root, ".local", "tests")),
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}")
    );

    private TestServers? _servers;
    private FeedbackSystem? _system;
    private IReadOnlyDictionary<Service, string> _databases = new Dictionary<Service, string>();

    public PrivateBroker Broker { get; private set; } = null!;

    public Uri Gateway => Hosts.Gateway;

    internal FeedbackSystem Hosts => _system ?? throw new InvalidOperationException("The system does not run.");

    /// <summary>The connection string of a service's database: for counting what must be there once.</summary>
    public string Database(string service) => _databases.Single(database => database.Key.Name == service).Value;

    public async ValueTask InitializeAsync()
    {
        _servers = await TestServers.Shared();
        var broker = PrivateBroker.Start();
        _databases = await Databases.Ensure(_servers.Postgres, Started, "end-to-end", _prefix, CancellationToken.None);
        Broker = await broker;
        var plan = new SystemPlan(
            _state,
            _databases,
            Broker.Uri,
            TestTokens.Configuration,
            Replicas: 2,
            Gateways: 1,
            GatewayPort: Random.Shared.Next(29_000, 29_500),
            ServicePortOffset: 21_500
        );
        _system = await FeedbackSystem.Start(plan, RunRecord.In(_state), Console.WriteLine, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
            await _system.DisposeAsync();

        if (Broker is not null)
            await Broker.DisposeAsync();

        if (_servers is not null)
            await Databases.Drop(_servers.Postgres, Started, _prefix, CancellationToken.None);
    }
}

/// <summary>The tests that share the running system take turns: some of them break parts of it.</summary>
[CollectionDefinition(Name)]
public sealed class SystemTests : ICollectionFixture<RunningSystem>
{
    public const string Name = "system";
}
