using System.Diagnostics;
using CustomerFeedback.Local.Machine;
using CustomerFeedback.Local.Servers;
using RabbitMQ.Client;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>A RabbitMQ of a test's own, to be hung, killed and started again.</summary>
internal sealed class OwnBroker : IAsyncDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;

    private RabbitMqPlan _plan;
    private RabbitMqServer? _server;
    private Uri? _uri;

    private OwnBroker(RabbitMqPlan plan) => _plan = plan;

    /// <summary>The same before, during and after an outage.</summary>
    public Uri Uri => _uri!;

    public static async Task<OwnBroker> Start()
    {
        var found = await ServerSetup.Obtain(_ => { }, CancellationToken.None);
        var home = Path.Combine(DataHome.For("own-brokers"), $"{Guid.CreateVersion7():n}");
        var broker = new OwnBroker(
            new RabbitMqPlan(found.RabbitMq, home, "secret", Random.Shared.Next(28_000, 30_000), ["shop"])
        );
        await broker.Again();
        broker._plan = broker._plan with { Port = broker._server!.Port };
        return broker;
    }

    /// <summary>Starts on the data that is there, at the address where it was.</summary>
    public async Task Again()
    {
        Ports.GiveBack(_plan.Port);
        _server = await RabbitMqServer.Start(_plan, CancellationToken.None);
        (_uri ??= _server.Address("shop")).Port.ShouldBe(_server.Port);
    }

    public Task Kill() => _server!.Kill();

    public void Hang() => Native.Signal(_server!.NodePid, Stop);

    public void Resume() => Native.Signal(_server!.NodePid, Continue);

    /// <summary>The memory alarm: publishers are blocked, consumers go on.</summary>
    public Task Alarm() => Ctl("set_vm_memory_high_watermark", "0.0000001");

    public Task EndAlarm() => Ctl("set_vm_memory_high_watermark", "0.4");

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            Resume();
            await Kill();
        }

        Directory.Delete(_plan.Home, recursive: true);
    }

    private async Task Ctl(params string[] words)
    {
        var environment = RabbitMqFiles.Environment(_plan, _plan.Port, EpmdPort(), Ports.Next(_plan.Port + 3000));
        var start = new ProcessStartInfo(Path.Combine(_plan.Binaries, "rabbitmqctl"), words)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await process.StandardError.ReadToEndAsync());
    }

    private int EpmdPort() =>
        int.Parse(ProcessTable.CommandLine(_server!.Epmd.Mark.Pid).Split("-port ")[1].Split(' ')[0], null);
}

/// <summary>Looking at queues from outside, without the library under test.</summary>
internal static class Queues
{
    public static async Task<IChannel> Channel(Uri broker)
    {
        var factory = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false };
        var connection = await factory.CreateConnectionAsync();
        return await connection.CreateChannelAsync();
    }

    /// <summary>A queue of the test's own that gets every <typeparamref name="T"/>.</summary>
    public static async Task<string> Tap<T>(this IChannel channel, bool bind = true)
    {
        var exchange = CustomerFeedback.Messaging.Wire.ExchangeOf(typeof(T));
        var queue = $"tap-{Guid.CreateVersion7():n}";
        await CustomerFeedback.Messaging.Topology.Exchange(channel, exchange, CancellationToken.None);
        await CustomerFeedback.Messaging.Topology.Queue(channel, queue, [], CancellationToken.None);
        if (bind)
            await channel.QueueBindAsync(queue, exchange, "");
        return queue;
    }

    /// <summary>Everything in the queue, taken out.</summary>
    public static async Task<List<BasicGetResult>> Drain(this IChannel channel, string queue)
    {
        List<BasicGetResult> all = [];
        while (await channel.BasicGetAsync(queue, autoAck: true) is { } one)
            all.Add(one);
        return all;
    }
}
