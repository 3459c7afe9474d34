using System.Net;
using System.Text;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace CustomerFeedback.Gateway;

/// <summary>What the gateway promises about forwarding: where to, for how long, and when it is ready.</summary>
internal static class Policies
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddSettings<RateLimitOptions>("RateLimits")
            .AddSettings<ReplicaOptions>("Destinations")
            .AddSettings<ClusterOptions>("ReverseProxy:Clusters", isOpen: true)
            .AddSettings<ForwardingOptions>("");
        builder.Services.AddSingleton(Access.Public); // in place of the whole table: what services say to each other is unknown here
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, GoneAway>();
        builder.Services.AddSingleton<MergedOpenApi>();
        builder.Services.AddSingleton(new ReadinessCheck("clusters", ClustersAreKnown));
        builder.Services.AddSingleton<NameLookup>(Dns.GetHostAddressesAsync);
        builder.Services.AddSingleton<IDestinationResolver, Replicas>(); // before YARP's own, which only passes names on
        builder
            .Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .ConfigureHttpClient(
                (_, handler) =>
                {
                    handler.ConnectTimeout = TimeSpan.FromSeconds(2);
                    handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60);
                    // As they were read: a phone's User-Agent may hold Chinese.
                    handler.RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8;
                }
            );
        builder
            .Services.AddOptions<ForwardedHeadersOptions>()
            .Configure<IOptions<ForwardingOptions>>(
                (headers, trusted) =>
                {
                    // Nobody is believed about the client's address until he is named here.
                    headers.KnownProxies.Clear();
                    headers.KnownIPNetworks.Clear();
                    foreach (var network in trusted.Value.TrustedProxies)
                        headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
                    // An empty list would mean "believe everybody".
                    headers.ForwardedHeaders =
                        headers.KnownIPNetworks.Count > 0 ? ForwardedHeaders.XForwardedFor : ForwardedHeaders.None;
                }
            );
    }

    /// <summary>
    /// Every cluster has been asked, and one at least has a healthy replica. A service that is away takes its own paths with it; were the gateways not
    /// ready then, nobody would route to any of them, and the other services would be away too.
    /// </summary>
    private static Task ClustersAreKnown(IServiceProvider services, CancellationToken ct)
    {
        var clusters = services
            .GetRequiredService<IProxyStateLookup>()
            .GetClusters()
            .ToLookup(HealthOf, cluster => cluster.ClusterId);
        return clusters.Contains(DestinationHealth.Unknown)
                ? throw new InvalidOperationException(
                    $"not asked yet: {string.Join(", ", clusters[DestinationHealth.Unknown])}"
                )
            : clusters.Contains(DestinationHealth.Healthy) ? Task.CompletedTask
            : throw new InvalidOperationException("no cluster has a healthy replica");
    }

    private static DestinationHealth HealthOf(ClusterState cluster)
    {
        var replicas = cluster.DestinationsState.AllDestinations.Select(replica => replica.Health.Active).ToList();
        return replicas.Contains(DestinationHealth.Healthy) ? DestinationHealth.Healthy
            : replicas.Contains(DestinationHealth.Unknown) ? DestinationHealth.Unknown
            : DestinationHealth.Unhealthy;
    }
}
