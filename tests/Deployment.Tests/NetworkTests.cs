using System.Net;
using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Deployment.Tests.Rules;

namespace CustomerFeedback.Deployment.Tests;

/// <summary>Who may talk to whom: the list of edges here, the policies there.</summary>
public class NetworkTests
{
    public static TheoryData<string> Places => Overlay.Names;

    [Theory]
    [MemberData(nameof(Places))]
    public void The_policies_allow_the_edges_that_exist_and_no_other(string overlay)
    {
        var place = Overlay.Named(overlay);
        NetworkRule.Faults(place, Peers(place), Edges().ToHashSet()).ShouldBeEmpty();
    }

    [Fact]
    public void Seen_red_a_missing_deny_is_reported() =>
        Faults(Overlay.Production.Without("NetworkPolicy", "default-deny"))
            .ShouldContain("internet -> stranger-within:22: its ingress is open and should not be");

    [Fact]
    public void Seen_red_an_edge_too_many_is_reported_at_the_end_that_opens_it() =>
        Faults(
                Overlay.Production.With(
                    "NetworkPolicy",
                    "asked-by-notifications",
                    p =>
                        p["spec"]!["podSelector"]!["matchExpressions"]![0]!["values"]!
                            .AsArray()
                            .Add(JsonValue.Create("analytics"))
                )
            )
            .ShouldBe(["notifications -> analytics:8080: its ingress is open and should not be"]);

    [Fact]
    public void Seen_red_an_edge_too_few_is_reported_at_the_end_that_closes_it() =>
        Faults(
                Overlay.Production.With(
                    "NetworkPolicy",
                    "gateway",
                    p =>
                        p["spec"]!["egress"]![0]!["to"]![0]!["podSelector"]!["matchExpressions"]![0]!["values"]!
                            .AsArray()
                            .RemoveAt(0)
                )
            )
            .ShouldBe(["gateway -> intake:8080: its egress is closed and should not be"]);

    [Fact]
    public void Seen_red_a_way_into_the_private_networks_is_reported() =>
        Faults(
                Overlay.Production.With(
                    "NetworkPolicy",
                    "issuer",
                    p => p["spec"]!["egress"]![0]!["to"]![0]!["ipBlock"]!.AsObject().Remove("except")
                )
            )
            .ShouldContain("survey -> private:443: its egress is open and should not be");

    [Fact]
    public void Seen_red_a_cluster_restored_under_another_name_that_nobody_reaches_is_reported() =>
        Faults(
                Overlay.Production.With(
                    "NetworkPolicy",
                    "postgres",
                    p =>
                        p["spec"]!["podSelector"] = JsonNode.Parse("""{"matchLabels":{"cnpg.io/cluster":"postgres"}}""")
                )
            )
            .ShouldContain("postgres-operator -> postgres-restored:8000: its ingress is closed and should not be");

    [Fact]
    public void Seen_red_an_entry_that_names_no_port_opens_all_of_its_protocol() =>
        Faults(
                Overlay.Production.With(
                    "NetworkPolicy",
                    "gateway",
                    p => p["spec"]!["egress"]![0]!["ports"]![0] = JsonNode.Parse("""{"protocol":"TCP"}""")
                )
            )
            .ShouldContain("gateway -> intake:9999: its egress is open and should not be");

    private static IEnumerable<string> Faults(Overlay overlay) =>
        NetworkRule.Faults(overlay, Peers(overlay), Edges().ToHashSet());

    private static IEnumerable<Edge> Edges() =>
        [
            .. From("ingress", "gateway", "8080"),
            .. From("gateway", Overlay.Services, "8080"),
            .. From("notifications", ["intake", "ticketing", "survey"], "8080"),
            .. Overlay.Services.Concat(Migrations).SelectMany(user => From(user, Clusters, "5432")),
            .. Overlay.Services.Concat(Migrations).SelectMany(user => From(user, "rabbitmq", "5671", "5672")),
            .. Overlay.Hosts.Concat(Migrations).SelectMany(host => From(host, "collector", "4317", "4318")),
            .. Overlay.Hosts.SelectMany(host => From(host, "internet", "443")), // the issuer's keys
            .. From("notifications", "internet", "587"),
            .. From("prometheus", Overlay.Hosts, "8081"),
            .. Everybody.SelectMany(pod => From(pod, "names", "53", "53/UDP")),
            // PostgreSQL's and RabbitMQ's own: each other, their operators, who watches them, and the cluster's API.
            .. Clusters.SelectMany(cluster => From(cluster, Clusters, "5432", "8000")),
            .. From("postgres-operator", Clusters, "5432", "8000"),
            .. From("prometheus", Clusters, "9187"),
            .. Clusters.SelectMany(cluster => From(cluster, ["internet", "private"], "443", "6443")),
            .. From("rabbitmq", "rabbitmq", "4369", "25672", "35672", "35682"),
            .. From("rabbitmq-operator", "rabbitmq", "15672"),
            .. From("keda", "rabbitmq", "5672"),
            .. From("prometheus", "rabbitmq", "15692"),
            .. From("rabbitmq", ["internet", "private"], "443", "6443"),
        ];

    private static IEnumerable<string> Migrations => Overlay.Services.Select(service => $"{service}-migration");

    /// <summary>The second one is restored beside the first, and so under another name.</summary>
    private static readonly string[] Clusters = ["postgres", "postgres-restored"];

    private static IEnumerable<string> Everybody =>
        [.. Overlay.Hosts, .. Migrations, .. Clusters, "rabbitmq", "stranger-within"];

    private static IEnumerable<Edge> From(string from, string to, params string[] ports) => From(from, [to], ports);

    private static IEnumerable<Edge> From(string from, IEnumerable<string> to, params string[] ports) =>
        to.SelectMany(name => ports.Select(port => new Edge(from, name, port)));

    private static List<Peer> Peers(Overlay overlay) =>
        [
            .. overlay.Workloads.Select(workload => new Peer(workload.Of.Name, overlay.Namespace, workload.Labels)),
            .. Clusters.Select(name => new Peer(name, overlay.Namespace, Labels($"cnpg.io/cluster={name}"))),
            new(
                "rabbitmq",
                overlay.Namespace,
                Labels(
                    "app.kubernetes.io/component=rabbitmq",
                    "app.kubernetes.io/name=rabbitmq",
                    "app.kubernetes.io/part-of=rabbitmq"
                )
            ),
            new("stranger-within", overlay.Namespace, Labels("app=stranger")),
            new("stranger", "elsewhere", Labels("app.kubernetes.io/name=gateway", "app.kubernetes.io/component=host")),
            new("ingress", "ingress-nginx", Labels("app.kubernetes.io/name=ingress-nginx")),
            new("names", "kube-system", Labels("k8s-app=kube-dns")),
            new("prometheus", "monitoring", Labels("app.kubernetes.io/name=prometheus")),
            new("collector", "observability", Labels("app.kubernetes.io/name=otel-collector")),
            new("postgres-operator", "cnpg-system", Labels()),
            new("rabbitmq-operator", "rabbitmq-system", Labels()),
            new("keda", "keda", Labels("app=keda-operator")),
            new("internet", null, Labels(), IPAddress.Parse("203.0.113.10")),
            new("private", null, Labels(), IPAddress.Parse("10.96.0.1")),
            new("machine-metadata", null, Labels(), IPAddress.Parse("169.254.169.254")),
        ];

    private static Dictionary<string, string> Labels(params string[] pairs) =>
        pairs.Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
