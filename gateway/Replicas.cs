using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace CustomerFeedback.Gateway;

/// <summary>Section <c>Destinations</c>: how the services' replicas are found.</summary>
internal sealed class ReplicaOptions
{
    /// <summary>How often the names of destinations are looked up anew, so that each of a name's addresses is one replica; zero takes a name for one replica.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Refresh { get; set; }
}

/// <summary>The addresses behind a name.</summary>
internal delegate Task<IPAddress[]> NameLookup(string host, CancellationToken ct);

/// <summary>
/// Every address of a destination's name is a replica of its own, with its own health: a name that stands for all of them would be judged by the one that
/// happened to answer. YARP's own resolver does not start while a name has no address, which is what a headless Service answers before its first pod is ready.
/// </summary>
internal sealed class Replicas(
    IOptions<ReplicaOptions> options,
    NameLookup lookup,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<Replicas> log
) : IDestinationResolver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, IPAddress[]> lastFound = new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations,
        CancellationToken cancellationToken
    )
    {
        if (options.Value.Refresh == TimeSpan.Zero)
            return new(destinations, null);
        var found = await All(destinations, cancellationToken);
        var changed = new CancellationTokenSource();
        _ = Watch(destinations, found, changed);
        return new(found, new CancellationChangeToken(changed.Token));
    }

    /// <summary>Looks until something is different, and says so once: whoever is told resolves again.</summary>
    private async Task Watch(
        IReadOnlyDictionary<string, DestinationConfig> named,
        IReadOnlyDictionary<string, DestinationConfig> known,
        CancellationTokenSource changed
    )
    {
        var stopping = lifetime.ApplicationStopping;
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(options.Value.Refresh, clock, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = await All(named, stopping);
            if (now.Count == known.Count && now.Keys.All(known.ContainsKey))
                continue;
            log.LogInformation(
                "Replicas of {Names} are now at {Replicas}",
                string.Join(", ", named.Values.Select(d => d.Address)),
                string.Join(", ", now.Values.Select(d => d.Address))
            );
            await changed.CancelAsync();
            return;
        }
    }

    private async Task<IReadOnlyDictionary<string, DestinationConfig>> All(
        IReadOnlyDictionary<string, DestinationConfig> named,
        CancellationToken ct
    )
    {
        var parts = await Task.WhenAll(named.Select(d => One(d.Key, d.Value, ct)));
        return parts.SelectMany(part => part).ToDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private async Task<IEnumerable<KeyValuePair<string, DestinationConfig>>> One(
        string id,
        DestinationConfig named,
        CancellationToken ct
    )
    {
        var address = new Uri(named.Address);
        try
        {
            var found = await lookup(address.DnsSafeHost, ct).WaitAsync(Patience, clock, ct);
            if (found.Length > 0)
                lastFound[address.DnsSafeHost] = found;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug(e, "No address for {Host}", address.Host);
        }
        // Nobody knows the name for the moment: whoever was there stays, and his health says whether he lives. At first that is the name itself.
        return lastFound.TryGetValue(address.DnsSafeHost, out var known)
            ? known.Select(ip => KeyValuePair.Create($"{id}[{ip}]", At(named, address, ip)))
            : [KeyValuePair.Create(id, named)];
    }

    private static DestinationConfig At(DestinationConfig named, Uri address, IPAddress ip) =>
        named with
        {
            Address = new UriBuilder(address) { Host = ip.ToString() }.Uri.ToString(),
            Host = named.Host ?? address.Authority,
        };
}
