using System.Net;
using System.Net.Sockets;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>
/// The address of a server that comes later: nobody is there, then whoever comes is sent away, then it leads to the server. For a while nothing may come
/// through, as on a network that swallows everything.
/// </summary>
internal sealed class Door(string host, int port) : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private volatile bool _leads;
    private volatile bool _swallows;
    private int _sentAway;

    public int Port { get; } = Ports.Any();

    public int SentAway => Volatile.Read(ref _sentAway);

    public void Shut()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = Accept(_listener);
    }

    public void Open() => (_leads, _swallows) = (true, false);

    public void Swallow() => _swallows = true;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener?.Dispose();
        _over.Dispose();
    }

    private async Task Accept(TcpListener listener)
    {
        List<Task> led = [];
        while (!_over.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(_over.Token);
            if (_leads)
            {
                led.Add(Lead(client));
                continue;
            }
            client.Dispose();
            Interlocked.Increment(ref _sentAway);
        }
        await Task.WhenAll(led);
    }

    private async Task Lead(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(host, port, _over.Token);
        var there = Carry(near.GetStream(), far.GetStream());
        var back = Carry(far.GetStream(), near.GetStream());
        await Task.WhenAny(there, back); // one side has hung up: the other is told so
    }

    private async Task Carry(NetworkStream from, NetworkStream to)
    {
        var some = new byte[8192];
        while (await from.ReadAsync(some, _over.Token) is var count and > 0)
        {
            while (_swallows)
                await Task.Delay(20, _over.Token);
            await to.WriteAsync(some.AsMemory(0, count), _over.Token);
        }
    }
}
