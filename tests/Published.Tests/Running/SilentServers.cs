using System.Net;
using System.Net.Sockets;

namespace CustomerFeedback.Published.Tests.Running;

/// <summary>One address in the place of all servers and other hosts: nobody answers there, and whoever came is known.</summary>
internal sealed class SilentServers : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public SilentServers() => listener.Start();

    /// <summary>Somebody has opened a connection; that he has left again does not undo it.</summary>
    public bool WereAsked => listener.Pending();

    public Place Instead(Place place)
    {
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return place with
        {
            Database = (_, _) =>
                $"Host=127.0.0.1;Port={port};Database=none;Username=nobody;Password=nothing;Maximum Pool Size=8",
            Broker = new Uri($"amqp://nobody:nothing@127.0.0.1:{port}/none"),
            Addresses = place.Addresses.Keys.ToDictionary(name => name, _ => new Uri($"http://127.0.0.1:{port}")),
        };
    }

    public void Dispose() => listener.Dispose();
}
