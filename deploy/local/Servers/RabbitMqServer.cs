using CustomerFeedback.Local.Machine;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace CustomerFeedback.Local.Servers;

/// <summary>How a private RabbitMQ is to be run.</summary>
/// <param name="Binaries">The folder of its programs.</param>
/// <param name="Home">Its data, configuration and log; made when missing, kept when there.</param>
/// <param name="Password">Of its one user, <c>customerfeedback</c>.</param>
/// <param name="Port">The wanted port; the next free one is taken.</param>
/// <param name="VirtualHosts">Made at the start (importing them costs nothing, asking rabbitmqctl costs seconds).</param>
internal sealed record RabbitMqPlan(
    string Binaries,
    string Home,
    string Password,
    int Port,
    IReadOnlyList<string> VirtualHosts
);

/// <summary>A private RabbitMQ on loopback, with an epmd of its own: nothing is shared with the distribution's or another copy's.</summary>
internal sealed class RabbitMqServer : IDisposable
{
    public const string User = "customerfeedback";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly Detached _epmd;
    private readonly Detached _node;

    private RabbitMqServer(RabbitMqPlan plan, int port, Detached epmd, Detached node)
    {
        (_epmd, _node) = (epmd, node);
        Host = "127.0.0.1";
        Port = port;
        Password = plan.Password;
        FirstVirtualHost = plan.VirtualHosts[0];
    }

    public string Host { get; }

    public int Port { get; }

    public string Password { get; }

    public string FirstVirtualHost { get; }

    /// <summary>The start script's process, in whose session the node runs.</summary>
    public Detached Process => _node;

    public Detached Epmd => _epmd;

    /// <summary>The Erlang machine itself.</summary>
    public int NodePid =>
        ProcessTable
            .InSession(_node.Mark.Pid)
            .FirstOrDefault(pid => ProcessTable.Name(pid) == "beam.smp", _node.Mark.Pid);

    public Uri Address(string virtualHost) =>
        new($"amqp://{User}:{Password}@{Host}:{Port}/{Uri.EscapeDataString(virtualHost)}");

    public static async Task<RabbitMqServer> Start(RabbitMqPlan plan, CancellationToken ct)
    {
        var account = Account.ForServer("rabbitmq");
        DataHome.Owned(plan.Home, account);
        RabbitMqFiles.Write(plan, account);

        var attempt = 0;
        while (true)
        {
            attempt++;
            var port = Ports.Next(plan.Port);
            var epmdPort = Ports.Next(port + 1000);
            var environment = RabbitMqFiles.Environment(plan, port, epmdPort, Ports.Next(port + 2000));
            var epmd = Detached.Start(
                [Command.Find("epmd") ?? "epmd", "-port", $"{epmdPort}", "-address", "127.0.0.1"],
                Path.Combine(plan.Home, "epmd.log"),
                plan.Home,
                environment,
                account
            );
            var node = Detached.Start(
                [Path.Combine(plan.Binaries, "rabbitmq-server")],
                Path.Combine(plan.Home, "rabbitmq.log"),
                plan.Home,
                environment,
                account
            );
            var server = new RabbitMqServer(plan, port, epmd, node);
            try
            {
                if (await server.IsReady(ct))
                    return server;
            }
            catch
            {
                await server.Kill();
                throw;
            }

            var why = node.Tail();
            await server.Kill();
            if (attempt == 5 || !why.Contains("eaddrinuse", StringComparison.Ordinal))
                throw new LocalRunException($"RabbitMQ did not start; {node.Log} ends with:\n{why}");
        }
    }

    /// <summary>Orderly: the node flushes and closes its queues, then its epmd goes too.</summary>
    public async Task Stop()
    {
        Native.Signal(NodePid, Native.Terminate);
        await Detached.Ended(_node.Mark.Pid, TimeSpan.FromSeconds(30));
        await _epmd.Stop(Native.Terminate, TimeSpan.FromSeconds(2));
        Dispose();
    }

    /// <summary>At once, as a power cut would; also the way to stop one whose data nobody needs again.</summary>
    public async Task Kill()
    {
        await Detached.Ended(_node.Mark.Pid, TimeSpan.Zero);
        await Detached.Ended(_epmd.Mark.Pid, TimeSpan.Zero);
        Dispose();
    }

    public void Dispose()
    {
        Ports.GiveBack(Port);
        _node.Dispose();
        _epmd.Dispose();
    }

    private async Task<bool> IsReady(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StartLimit);
        var factory = new ConnectionFactory { Uri = Address(FirstVirtualHost), AutomaticRecoveryEnabled = false };
        while (!_node.HasExited)
        {
            try
            {
                // A whole login: the port may be open before users and virtual hosts are imported.
                await using var connection = await factory.CreateConnectionAsync(limit.Token);
                await connection.CloseAsync(limit.Token);
                return true;
            }
            catch (BrokerUnreachableException)
            {
                await Task.Delay(100, limit.Token);
            }
        }

        return false;
    }
}
