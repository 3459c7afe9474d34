using System.Globalization;
using System.Security.Cryptography;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;

namespace CustomerFeedback.TestKit;

/// <summary>A RabbitMQ of the test's own, to be stopped, frozen and started again. Starting one takes seconds: share it within a class.</summary>
public sealed class PrivateBroker : IAsyncDisposable
{
    private static int _count;

    // Upwards, so that nobody of this process is given the port of a broker that is stopped for a moment.
    private static int _port = Random.Shared.Next(28_000, 28_900);
    private readonly RabbitMqPlan _plan;
    private RabbitMqServer? _server;

    private PrivateBroker(RabbitMqPlan plan, RabbitMqServer server)
    {
        _plan = plan with { Port = server.Port };
        _server = server;
        Uri = server.Address(plan.VirtualHosts[0]);
    }

    /// <summary>The same over stops and starts.</summary>
    public Uri Uri { get; }

    public TestBroker Broker => new(Uri);

    public static async Task<PrivateBroker> Start()
    {
        var servers = await TestServers.Shared();
        var found =
            await ServerSetup.Obtain(_ => { }, CancellationToken.None)
            ?? throw new LocalRunException(
                "A broker that tests stop and freeze needs RabbitMQ's programs on this machine."
            );
        var plan = new RabbitMqPlan(
            found.RabbitMq,
            Path.Combine(servers.Data, $"broker-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}"),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Interlocked.Increment(ref _port),
            ["private"]
        );
        return new(plan, await RabbitMqServer.Start(plan, CancellationToken.None));
    }

    /// <summary>In order: what was confirmed is on disk.</summary>
    public async Task Stop()
    {
        await Running.Stop();
        _server = null;
    }

    /// <summary>At once, as a power cut.</summary>
    public async Task Kill()
    {
        await Running.Kill();
        _server = null;
    }

    public async Task StartAgain()
    {
        _server = await RabbitMqServer.Start(_plan, CancellationToken.None);
        if (_server.Port != _plan.Port)
            throw new LocalRunException($"Port {_plan.Port} was taken while the broker was stopped.");
    }

    /// <summary>It answers nothing any more, but its connections stay open.</summary>
    public void Freeze() => Native.Signal(Running.NodePid, Native.Stop);

    public void Thaw() => Native.Signal(Running.NodePid, Native.Continue);

    /// <summary>The memory alarm: publishers are blocked, consumers go on.</summary>
    public Task RaiseAlarm() => Control("set_vm_memory_high_watermark", "0.0000001");

    public Task EndAlarm() => Control("set_vm_memory_high_watermark", "0.4");

    /// <summary>Adds users and permissions, as RabbitMQ's definitions write them.</summary>
    public async Task Define(string definitions)
    {
        var file = Path.Combine(_plan.Home, "more-definitions.json");
        await File.WriteAllTextAsync(file, definitions);
        if (Account.ForServer("rabbitmq") is { } account)
            Native.Own(file, account);
        await Control("import_definitions", file);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await Kill();

        Directory.Delete(_plan.Home, recursive: true);
    }

    private async Task Control(params string[] words)
    {
        var epmd = ProcessTable
            .CommandLine(Running.Epmd.Mark.Pid)
            .Split(' ')
            .SkipWhile(word => word != "-port")
            .ElementAt(1);
        var environment = RabbitMqFiles.Environment(
            _plan,
            _plan.Port,
            int.Parse(epmd, CultureInfo.InvariantCulture),
            Ports.Any()
        );
        await Command.Run(
            [.. Account.ForServer("rabbitmq")?.Prefix ?? [], Path.Combine(_plan.Binaries, "rabbitmqctl"), .. words],
            environment,
            _plan.Home
        );
    }

    private RabbitMqServer Running => _server ?? throw new InvalidOperationException("The broker is stopped.");
}
