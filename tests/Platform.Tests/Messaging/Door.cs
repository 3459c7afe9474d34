using System.Net;
using System.Net.Sockets;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>The address of a server that comes later: nobody is there, then whoever comes is sent away, then it leads to the server.</summary>
internal sealed class Door(string host, int port) : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private volatile bool _leads;
    private int _sentAway;

    public int Port { get; } = Ports.Any();

    public int SentAway => Volatile.Read(ref _sentAway);

    public void Shut()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = Accept(_listener);
    }

    public void Open() => _leads = true;

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
        var there = near.GetStream().CopyToAsync(far.GetStream(), _over.Token);
        var back = far.GetStream().CopyToAsync(near.GetStream(), _over.Token);
        await Task.WhenAny(there, back); // one side has hung up: the other is told so
    }
}
