using System.Net;
using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>Somebody who could talk or be talked to.</summary>
/// <param name="Namespace">Null for an address outside of the cluster.</param>
internal sealed record Peer(
    string Name,
    string? Namespace,
    IReadOnlyDictionary<string, string> Labels,
    IPAddress? Address = null
);

/// <summary>From whom to whom, on which port (TCP where nothing else is said).</summary>
internal readonly record struct Edge(string From, string To, string Port)
{
    public override string ToString() => $"{From} -> {To}:{Port}";
}

/// <summary>Who may talk to whom, as network policies say it: both ends have to allow it, and each end is asked on its own.</summary>
internal static class NetworkRule
{
    /// <summary>Ports that no policy names, too: what is not asked about cannot be found open.</summary>
    private static readonly string[] Others = ["22", "53", "80", "443", "5432", "5672", "8000", "8080", "8081", "9999"];

    /// <summary>Edges that one side allows and the list does not have, and those of the list that it does not allow.</summary>
    public static IEnumerable<string> Faults(Overlay overlay, IReadOnlyList<Peer> peers, IReadOnlySet<Edge> expected)
    {
        foreach (var side in (string[])["ingress", "egress"])
        {
            var allowed = Allowed(overlay, peers, side).ToHashSet();
            // Where that side is not ours, its policies are not either.
            var wanted = expected
                .Where(edge => IsOurs(overlay, peers.Single(p => p.Name == (side == "ingress" ? edge.To : edge.From))))
                .ToHashSet();
            foreach (var edge in allowed.Except(wanted))
                yield return $"{edge}: its {side} is open and should not be";
            foreach (var edge in wanted.Except(allowed))
                yield return $"{edge}: its {side} is closed and should not be";
        }
    }

    private static IEnumerable<Edge> Allowed(Overlay overlay, IReadOnlyList<Peer> peers, string side)
    {
        var ports = overlay
            .Of("NetworkPolicy")
            .SelectMany(policy => Rules(policy, "ingress").Concat(Rules(policy, "egress")))
            .SelectMany(rule => rule.Items("ports"))
            .Where(port => port.At("port") is not null)
            .SelectMany(port => (string[])[Name(port), port.Text("endPort") ?? Name(port)])
            .Concat(Others)
            .ToHashSet();
        return from ours in peers
            where IsOurs(overlay, ours)
            from other in peers
            from port in ports
            where Allows(overlay, ours, other, port, side)
            select side == "ingress" ? new Edge(other.Name, ours.Name, port) : new Edge(ours.Name, other.Name, port);
    }

    private static bool IsOurs(Overlay overlay, Peer peer) => peer.Namespace == overlay.Namespace;

    /// <summary>A pod that no policy selects for a side is open there; selected, it is closed but for what some rule allows.</summary>
    private static bool Allows(Overlay overlay, Peer ours, Peer other, string port, string side)
    {
        var policies = overlay
            .Of("NetworkPolicy")
            .Where(p => Selectors.Match(p.Spec.At("podSelector"), ours.Labels) && Types(p).Contains(side))
            .ToList();
        return policies.Count == 0
            || policies
                .SelectMany(policy => Rules(policy, side))
                .Any(rule => HasPort(rule, port) && HasPeer(overlay, rule, side == "ingress" ? "from" : "to", other));
    }

    private static IEnumerable<string> Types(Manifest policy) =>
        policy.Spec.Items("policyTypes").Select(type => type.ToString().ToLowerInvariant());

    private static IEnumerable<JsonNode> Rules(Manifest policy, string side) => policy.Spec.Items(side);

    private static bool HasPort(JsonNode rule, string port) =>
        rule.At("ports") is null
        || rule.Items("ports")
            .Any(p =>
                Name(p) == port
                || (
                    p.At("port") is null
                    && port.EndsWith("/UDP", StringComparison.Ordinal) == p.Text("protocol") is "UDP"
                )
                || (
                    p.Number("endPort") is { } last
                    && int.TryParse(port, out var number)
                    && number >= p.Number("port")
                    && number <= last
                )
            );

    private static string Name(JsonNode port) =>
        port.Text("protocol") is "UDP" ? $"{port.Text("port")}/UDP" : port.Text("port") ?? "every";

    private static bool HasPeer(Overlay overlay, JsonNode rule, string direction, Peer peer) =>
        rule.At(direction) is null || rule.Items(direction).Any(selector => Is(overlay, selector, peer));

    private static bool Is(Overlay overlay, JsonNode selector, Peer peer)
    {
        if (selector.At("ipBlock") is { } block)
            return peer.Address is { } address
                && IPNetwork.Parse(block.Text("cidr")!).Contains(address)
                && !block.Items("except").Any(network => IPNetwork.Parse(network.ToString()).Contains(address));
        if (peer.Namespace is null)
            return false;
        var space = selector.At("namespaceSelector");
        return (
                space is null
                    ? peer.Namespace == overlay.Namespace
                    : Selectors.Match(
                        space,
                        new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = peer.Namespace }
                    )
            ) && (selector.At("podSelector") is not { } pods || Selectors.Match(pods, peer.Labels));
    }
}
