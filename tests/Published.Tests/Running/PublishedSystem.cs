using CustomerFeedback.Deployment.Tests.Running;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Published.Tests.Running;

/// <summary>All hosts as they are published, once for all tests, with databases and roles as in production.</summary>
public sealed class PublishedSystem : IAsyncLifetime
{
    private readonly string work = Directory.CreateTempSubdirectory("published-").FullName;
    private readonly List<RunningHost> running = [];

    private readonly Lazy<Task> prepared;

    // Not in InitializeAsync: it runs with every run of the assembly, the tests of this class do not.
    public PublishedSystem() => prepared = new(Prepare);

    internal IReadOnlyDictionary<string, PublishedHost> Hosts { get; private set; } = null!;

    internal RoleDatabases Databases { get; private set; } = null!;

    internal Place Place { get; private set; } = null!;

    internal IReadOnlyList<RunningHost> Running => running;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>All published, databases and roles made; once.</summary>
    internal Task Ready() => prepared.Value;

    private async Task Prepare()
    {
        Hosts = Production.Hosts.ToDictionary(name => name, name => new PublishedHost(name, work));
        foreach (var host in Hosts.Values)
            await host.Publish();
        Databases = await RoleDatabases.Make();
        var broker = await TestBroker.Claim();
        Place = new(
            TestTokens.Configuration,
            (service, role) => Databases.Address(service, role),
            broker.Uri,
            Production.Hosts.ToDictionary(name => name, _ => new Uri($"http://127.0.0.1:{Ports.Any()}"))
        );
    }

    internal Task<(int Code, string Output, TimeSpan Took)> Migrate(string service) =>
        Hosts[service].End(Production.OfMigration(service, Place), "migrate");

    internal async Task StartAll()
    {
        List<(RunningHost Host, IReadOnlyList<Uri> Probes)> starting = [];
        foreach (var host in Hosts.Values)
        {
            var settings = Production.Of(host.Name, Place);
            var address = Place.Addresses[host.Name];
            running.Add(host.Start(settings, address));
            starting.Add((running[^1], Production.Probes(host.Name, settings, address)));
        }
        foreach (var (host, probes) in starting)
            await host.Ready(probes);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in running)
            await one.DisposeAsync();
        if (Databases is not null)
            await Databases.DisposeAsync();
        Directory.Delete(work, recursive: true);
    }
}
