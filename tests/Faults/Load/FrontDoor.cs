using System.Net;
using System.Net.Sockets;

namespace CustomerFeedback.Faults.Load;

/// <summary>
/// Stands before several gateways as a service of Kubernetes does: a new connection goes to one that says it is ready, and stays there
/// until either side closes it.
/// </summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly IReadOnlyList<Uri> _gateways;
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _watching;
    private volatile Uri[] _ready;
    private int _turn;

    public FrontDoor(IReadOnlyList<Uri> gateways)
    {
        _gateways = gateways;
        _ready = [.. gateways];
        _watching = Watch();
    }

    /// <summary>For clients of any address: where they come out is decided for each connection.</summary>
    public HttpMessageHandler Handler() =>
        new SocketsHttpHandler { ConnectCallback = Connect, PooledConnectionLifetime = TimeSpan.FromSeconds(30) };

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _watching;
        _closing.Dispose();
        _probe.Dispose();
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var ready = _ready;
        if (ready.Length == 0)
            throw new IOException("No gateway is ready.");
        var gateway = ready[(uint)Interlocked.Increment(ref _turn) % ready.Length];
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(gateway.Host, gateway.Port), ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task Watch()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Look, _closing.Token);
                var answers = await Task.WhenAll(_gateways.Select(IsReady));
                _ready = [.. _gateways.Where((_, n) => answers[n])];
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // closed
        }
    }

    private async Task<bool> IsReady(Uri gateway)
    {
        try
        {
            using var answer = await _probe.GetAsync(new Uri(gateway, "/readyz"), _closing.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e)
            when (e is HttpRequestException || (e is TaskCanceledException && !_closing.IsCancellationRequested))
        {
            return false;
        }
    }
}
