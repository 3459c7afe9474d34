using System.Collections.Concurrent;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Hosts;

/// <summary>Gateway and services as processes: migrated, started, ready, kept alive.</summary>
internal sealed class FeedbackSystem : IAsyncDisposable
{
    /// <summary>Where a service would be that is not started here.</summary>
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    private readonly SystemPlan _plan;
    private readonly RunRecord _record;
    private readonly Action<string> _say;
    private readonly ConcurrentBag<HostProcess> _hosts = [];

    private FeedbackSystem(SystemPlan plan, RunRecord record, Action<string> say) =>
        (_plan, _record, _say) = (plan, record, say);

    /// <summary>A process was started again: it has another number now.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>The one address of the system.</summary>
    public Uri Gateway => Of("gateway")[0].Url;

    public static async Task<FeedbackSystem> Start(
        SystemPlan plan,
        RunRecord record,
        Action<string> say,
        CancellationToken ct
    )
    {
        Directory.CreateDirectory(plan.Logs);
        var system = new FeedbackSystem(plan, record, say);
        try
        {
            say("migrating the databases");
            await AllOf(plan.Services.Keys, (s, called) => system.Migrate(s, Checkout.Root, called), ct);
            say($"starting {string.Join(", ", plan.Services.Keys.Select(s => s.Name))} (x{plan.Replicas})");
            // Who asks others needs their addresses: it comes last.
            foreach (var wave in plan.Services.Keys.GroupBy(s => s.AsksOthers).OrderBy(wave => wave.Key))
                await AllOf(wave.SelectMany(s => system.PlansFor(s)), system.StartHost, ct);
            say($"starting the gateway (x{plan.Gateways})");
            await AllOf(system.PlansForGateway(), system.StartHost, ct);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings the databases and the broker to what a copy of the sources knows; one by one, for they are in use.</summary>
    /// <param name="root">The folder of the copy, built.</param>
    public async Task Migrate(string root, CancellationToken ct)
    {
        foreach (var service in _plan.Services.Keys)
            await Migrate(service, root, ct);
    }

    /// <summary>Ends a process and starts it again from a copy of the sources, at the same address.</summary>
    /// <param name="root">The folder of the copy, built.</param>
    /// <param name="grace">From the signal to the end of the process.</param>
    public async Task Replace(HostProcess host, string root, TimeSpan grace, CancellationToken ct)
    {
        var service = _plan.Services.Keys.FirstOrDefault(s => Of(s.Name).Contains(host));
        var dll = service is null
            ? Checkout.Dll("gateway", "Gateway", root)
            : Checkout.Dll(service.Folder, service.Assembly, root);
        await host.Stop(grace);
        await host.StartAgain(dll, ct);
    }

    /// <summary>The processes of a service or of <c>gateway</c>, in order of their numbers.</summary>
    public IReadOnlyList<HostProcess> Of(string service) =>
        [
            .. _hosts
                .Where(host => host.Name.StartsWith($"{service}-", StringComparison.Ordinal))
                .OrderBy(host => host.Name.Length)
                .ThenBy(host => host.Name, StringComparer.Ordinal),
        ];

    public async ValueTask DisposeAsync()
    {
        // The gateway first: it stops taking work while the services still answer what was taken.
        foreach (
            var group in _hosts
                .GroupBy(host => host.Name.StartsWith("gateway-", StringComparison.Ordinal))
                .OrderByDescending(g => g.Key)
        )
            await Task.WhenAll(group.Select(host => host.DisposeAsync().AsTask()));
    }

    /// <summary>Side by side; the first failure calls the others off, and is thrown when all have come to rest.</summary>
    private static async Task AllOf<T>(
        IEnumerable<T> items,
        Func<T, CancellationToken, Task> work,
        CancellationToken ct
    )
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        LocalRunException? first = null;
        await Task.WhenAll(items.Select(Guarded));
        ct.ThrowIfCancellationRequested();
        if (first is not null)
            throw first;

        async Task Guarded(T item)
        {
            try
            {
                await work(item, failed.Token);
            }
            catch (LocalRunException e)
            {
                Interlocked.CompareExchange(ref first, e, null);
                await failed.CancelAsync();
            }
            catch (OperationCanceledException) when (failed.IsCancellationRequested)
            {
                // called off
            }
        }
    }

    private async Task StartHost(HostPlan plan, CancellationToken ct)
    {
        var host = await HostProcess.Start(plan, _record, _say, ct);
        host.Restarted = () => Changed();
        _hosts.Add(host);
    }

    private IEnumerable<HostPlan> PlansFor(Service service)
    {
        var dll = Checkout.Dll(service.Folder, service.Assembly);
        return Replicas(
            _plan.Replicas,
            service.Name,
            dll,
            service.Port + _plan.ServicePortOffset,
            "http://127.0.0.1",
            Settings(service)
        );
    }

    private IEnumerable<HostPlan> PlansForGateway()
    {
        var settings = new Dictionary<string, string>(_plan.Settings, StringComparer.Ordinal);
        foreach (var service in Service.All)
        {
            // Every cluster has to lead somewhere: a service that is not started here is stood in for by one that answers 404.
            var target = _plan.Services.ContainsKey(service) ? service : _plan.Services.Keys.First();
            foreach (var (host, n) in Of(target.Name).Select((host, n) => (host, n)))
                settings[$"ReverseProxy:Clusters:{service.Name}:Destinations:d{n}:Address"] = host.Url.ToString();
        }

        return Replicas(
            _plan.Gateways,
            "gateway",
            Checkout.Dll("gateway", "Gateway"),
            _plan.GatewayPort,
            "http://localhost",
            settings
        );
    }

    private IEnumerable<HostPlan> Replicas(
        int count,
        string name,
        string dll,
        int port,
        string address,
        IReadOnlyDictionary<string, string> settings
    ) =>
        Enumerable
            .Range(1, count)
            .Select(n => new HostPlan(
                $"{name}-{n}",
                dll,
                free => $"{address}:{free}",
                port,
                Path.Combine(_plan.Logs, $"{name}-{n}.log"),
                settings
            ));

    private Dictionary<string, string> Settings(Service service)
    {
        var settings = new Dictionary<string, string>(_plan.Settings, StringComparer.Ordinal)
        {
            ["ConnectionStrings:Database"] = _plan.Services[service],
            ["ConnectionStrings:Broker"] = _plan.Broker.ToString(),
        };
        if (!service.AsksOthers)
            return settings;

        foreach (var other in Service.All.Where(other => other.IsAsked))
            settings[$"Edges:{other.Assembly}"] = (Of(other.Name) is [var first, ..] ? first.Url : Nowhere).ToString();
        foreach (var channel in (ReadOnlySpan<string>)["phone", "email", "alert"])
            settings.TryAdd($"Notifications:Channels:{channel}", "log");
        var gateway = Ports.Next(_plan.GatewayPort);
        Ports.GiveBack(gateway); // the one that the gateway will get in a moment
        settings.TryAdd("Notifications:PublicUrl", $"http://localhost:{gateway}/");
        return settings;
    }

    private async Task Migrate(Service service, string root, CancellationToken ct)
    {
        var dll = Checkout.Dll(service.Folder, service.Assembly, root);
        var environment = HostProcess.Environment(Settings(service));
        var outcome = await Command.Try([DotNet.Host, dll, "migrate"], environment, Path.GetDirectoryName(dll), ct);
        await File.WriteAllTextAsync(Path.Combine(_plan.Logs, $"{service.Name}-migrate.log"), outcome.Output, ct);
        if (outcome.Code != 0)
            throw new LocalRunException($"{service.Assembly} migrate ended with {outcome.Code}:\n{outcome.Output}");
    }
}
