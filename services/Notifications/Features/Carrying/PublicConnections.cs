using System.Net;
using System.Net.Sockets;
using CustomerFeedback.Notifications.Domain;

namespace CustomerFeedback.Notifications.Features.Carrying;

/// <summary>A provider's name led to an address inside: not called.</summary>
public sealed class PrivateAddressException(string host) : IOException($"{host} has no public address.");

/// <summary>Connects to public addresses only. The address that is looked at is the one that is called: a name cannot change in between.</summary>
internal static class PublicConnections
{
    public static SocketsHttpHandler Handler(bool allowPrivateNetworks)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a redirect would lead past the look
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (!allowPrivateNetworks)
            handler.ConnectCallback = Connect;
        return handler;
    }

    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var known = await Dns.GetHostAddressesAsync(host, ct);
        var open = known.Where(address => !PrivateNetwork.Contains(address)).ToArray();
        if (open.Length == 0)
            throw new PrivateAddressException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
