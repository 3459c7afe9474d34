using System.Globalization;
using CustomerFeedback.EndToEnd.Tests.Pages;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;
using CustomerFeedback.TestKit;
using CustomerFeedback.TestKit.Otlp;

[assembly: CaptureConsole]

namespace CustomerFeedback.EndToEnd.Tests.Running;

/// <summary>
/// Gateway and the five services (two replicas each) as real processes, started by the launcher's own code on real servers, once for all tests.
/// The broker is this system's own, because tests stop it.
/// </summary>
public sealed class RunningSystem : IAsyncLifetime
{
    /// <summary>Where customers are told to turn to.</summary>
    public const string OfficialContact = "400-820-0000";

    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"e2e{Environment.ProcessId}_");
    private readonly string _state = Path.Combine(
        TestServersKeeper.Systems(Path.Combine(Checkout.Root, ".local", "tests")),
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}")
    );

    private TestServers? _servers;
    private FeedbackSystem? _system;
    private IReadOnlyDictionary<Service, string> _databases = new Dictionary<Service, string>();

    public PrivateBroker Broker { get; private set; } = null!;

    /// <summary>Where all hosts export their traces and metrics.</summary>
    public OtlpReceiver Telemetry { get; private set; } = null!;

    /// <summary>Folder of all hosts' logs, a file each.</summary>
    public string Logs => Path.Combine(_state, "logs");

    public Uri Gateway => Hosts.Gateway;

    internal FeedbackSystem Hosts => _system ?? throw new InvalidOperationException("The system does not run.");

    /// <summary>The connection string of a service's database: for counting what must be there once.</summary>
    public string Database(string service) => _databases.Single(database => database.Key.Name == service).Value;

    public async ValueTask InitializeAsync()
    {
        _servers = await TestServers.Shared();
        Telemetry = await OtlpReceiver.Start();
        var broker = PrivateBroker.Start();
        _databases = await Databases.Ensure(
            _servers.Postgres,
            Service.All,
            "end-to-end",
            _prefix,
            CancellationToken.None
        );
        Broker = await broker;
        var plan = new SystemPlan(
            _state,
            _databases,
            Broker.Uri,
            Settings(Telemetry),
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

        if (Telemetry is not null)
            await Telemetry.DisposeAsync();

        if (Broker is not null)
            await Broker.DisposeAsync();

        if (_servers is not null)
            await Databases.Drop(_servers.Postgres, Service.All, _prefix, CancellationToken.None);
    }

    private static Dictionary<string, string> Settings(OtlpReceiver telemetry) =>
        new(TestTokens.Configuration.Concat(telemetry.Settings), StringComparer.Ordinal)
        {
            // Nobody wants to wait a minute for the survey; a look at the queue is due as often as it is sent.
            ["Survey:DispatchDelay"] = "00:00:00.2",
            ["Survey:DispatchLook"] = "00:00:00.2",
            ["Survey:OfficialContact"] = OfficialContact,
            // All customers of all tests come from one address.
            ["RateLimits:PerAddress:PerSecond"] = "1000",
            ["RateLimits:PerAddress:Burst"] = "1000",
        };
}

/// <summary>The tests that share the running system take turns: some of them break parts of it.</summary>
[CollectionDefinition(Name)]
public sealed class SystemTests : ICollectionFixture<RunningSystem>, ICollectionFixture<Chromium>
{
    public const string Name = "system";
}
