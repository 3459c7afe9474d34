using System.Net;
using System.Net.Sockets;

namespace CustomerFeedback.Local.Machine;

/// <summary>Free ports on loopback; one that was handed out is not handed out again.</summary>
internal static class Ports
{
    private static readonly HashSet<int> Given = [];
    private static readonly Lock Guard = new();

    /// <summary>The wanted port or the next free one.</summary>
    public static int Next(int wanted)
    {
        lock (Guard)
        {
            for (var port = wanted; port < IPEndPoint.MaxPort; port++)
            {
                if (!Given.Contains(port) && IsFree(IPAddress.Loopback, port) && IsFree(IPAddress.IPv6Loopback, port))
                {
                    Given.Add(port);
                    return port;
                }
            }
        }

        throw new LocalRunException($"No free port from {wanted} on.");
    }

    /// <summary>A free port somewhere below the range that the kernel takes for outgoing connections.</summary>
    public static int Any() => Next(Random.Shared.Next(20_000, 31_000));

    /// <summary>Its holder ended: the same port may be handed out again, to the holder's next start first of all.</summary>
    public static void GiveBack(int port)
    {
        lock (Guard)
            Given.Remove(port);
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException e)
            when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
        catch (SocketException) when (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return true; // a machine without IPv6
        }
    }
}
