using CustomerFeedback.Local.Access;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Servers;

namespace CustomerFeedback.Local.Launch;

/// <summary>What a site is made of.</summary>
/// <param name="State">Folder of its keys, tokens, logs, addresses and record of processes.</param>
/// <param name="Data">Where its servers keep their data, under <see cref="Machine.DataHome"/>.</param>
/// <param name="Replicas">Of the gateway and of each service.</param>
/// <param name="Port">The gateway's, or the next free one.</param>
/// <param name="Settings">What every host is told besides secrets and addresses.</param>
internal sealed record SitePlan(
    string State,
    string Data,
    int Replicas,
    int Port,
    IReadOnlyDictionary<string, string> Settings
);

/// <summary>The whole system on one machine: keys, servers, databases, hosts, tokens, and a file that tells its addresses while it runs.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly Lock _writing = new();
    private readonly string _urls;
    private readonly RunRecord _record;
    private readonly ServerPair _servers;
    private readonly SigningKey _key;

    private Site(
        SitePlan plan,
        RunRecord record,
        ServerPair servers,
        SigningKey key,
        IReadOnlyDictionary<Service, string> databases,
        FeedbackSystem system
    )
    {
        (_urls, _record, _servers, _key) = (AddressesIn(plan.State), record, servers, key);
        (Databases, System) = (databases, system);
        Tokens = LocalTokens.Write(key, Path.Combine(plan.State, "tokens"), TimeProvider.System.GetUtcNow());
        WriteUrls();
        system.Changed = WriteUrls;
        servers.Changed = WriteUrls;
    }

    public FeedbackSystem System { get; }

    /// <summary>Each service's connection string.</summary>
    public IReadOnlyDictionary<Service, string> Databases { get; }

    /// <summary>The superuser's connection string.</summary>
    public string Postgres => _servers.Postgres;

    /// <summary>A token for each role.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; }

    /// <summary>The file that tells the addresses.</summary>
    public static string AddressesIn(string state) => Path.Combine(state, "urls.json");

    public static async Task<Site> Start(SitePlan plan, Action<string> say, CancellationToken stop)
    {
        File.Delete(AddressesIn(plan.State));
        await RunRecord.EndLeftovers(plan.State);
        var logs = Path.Combine(plan.State, "logs");
        foreach (var log in Directory.Exists(logs) ? Directory.GetFiles(logs, "*.log") : [])
            File.Delete(log);

        var secrets = Secrets.Kept(Path.Combine(plan.State, "keys", "secrets.json"));
        var key = SigningKey.Kept(Path.Combine(plan.State, "keys", "signing-key.pem"));
        var record = RunRecord.In(plan.State);
        ServerPair? servers = null;
        try
        {
            servers = await ServerPair.Start(secrets, plan.Data, record, say, stop);
            var databases = await Hosts.Databases.Ensure(servers.Postgres, Service.All, secrets.RolePassword, "", stop);
            var system = await FeedbackSystem.Start(
                new SystemPlan(
                    plan.State,
                    databases,
                    servers.Broker,
                    Settings(plan, secrets, key),
                    plan.Replicas,
                    plan.Replicas,
                    plan.Port,
                    ServicePortOffset: 0
                ),
                record,
                say,
                stop
            );
            return new(plan, record, servers, key, databases, system);
        }
        catch
        {
            if (servers is not null)
                await servers.DisposeAsync();
            key.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        System.Changed = () => { };
        _servers.Changed = () => { };
        lock (_writing)
            File.Delete(_urls);

        await System.DisposeAsync();
        await _servers.DisposeAsync();
        _key.Dispose();
        _record.Clear();
    }

    private static Dictionary<string, string> Settings(SitePlan plan, Secrets secrets, SigningKey key)
    {
        var jwks = Path.Combine(plan.State, "keys", "jwks.json");
        key.WriteJwks(jwks);
        var serviceToken = Path.Combine(plan.State, "service.jwt");
        LocalTokens.WriteService(key, serviceToken, TimeProvider.System.GetUtcNow());
        var settings = secrets.Configuration(jwks);
        settings["Edges:TokenFile"] = serviceToken;
        settings["Survey:OfficialContact"] = "400-000-0000";
        foreach (var (name, value) in plan.Settings)
            settings[name] = value;
        return settings;
    }

    private void WriteUrls()
    {
        lock (_writing)
            UrlsFile.Write(_urls, System, Service.All.Select(s => s.Name), _servers);
    }
}
