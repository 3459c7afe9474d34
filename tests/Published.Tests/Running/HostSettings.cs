using System.Globalization;
using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Deployment.Tests.Rules;
using CustomerFeedback.Local.Hosts;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Published.Tests.Running;

/// <summary>What a host is given: variables of its environment, and files of its folder of secrets, both named as the manifests name them.</summary>
internal sealed record HostSettings(
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyDictionary<string, string> Secrets
)
{
    public HostSettings Without(string name) =>
        new(
            Environment.Where(one => one.Key != name).ToDictionary(StringComparer.Ordinal),
            Secrets.Where(one => one.Key != name).ToDictionary(StringComparer.Ordinal)
        );
}

/// <summary>The values that stand in for those of a real place.</summary>
/// <param name="Tokens">Auth:*, Links:*, Pii:* and the token file, by the names of the configuration.</param>
/// <param name="Database">The connection string of a service's role (owner or app).</param>
/// <param name="Addresses">Where each host listens, by its name.</param>
internal sealed record Place(
    IReadOnlyDictionary<string, string> Tokens,
    Func<string, string, string> Database,
    Uri Broker,
    IReadOnlyDictionary<string, Uri> Addresses
);

/// <summary>What the production overlay gives hosts, as it is rendered, with the values of a place of ours where production's lead elsewhere.</summary>
internal static class Production
{
    private const int ApiPort = 8080; // the image's ASPNETCORE_HTTP_PORTS

    public static IReadOnlyList<string> Hosts { get; } = ["gateway", .. Service.All.Select(service => service.Name)];

    public static HostSettings Of(string host, Place place) =>
        Of(Overlay.Production.Workloads.Single(one => one.IsHost && one.Host == host), place, role: "app");

    /// <summary>The Job that migrates a service's database, as its owner.</summary>
    public static HostSettings OfMigration(string service, Place place) =>
        Of(Overlay.Production.Workloads.Single(one => !one.IsHost && one.Host == service), place, role: "owner");

    /// <summary>
    /// What Kubernetes asks the host, here: the manifest's probes, each at the address that stands in for its port. One at a port where the manifest has the
    /// host listen neither with its API nor with its management address leads nowhere, and fails.
    /// </summary>
    /// <param name="here">As <see cref="Of(string, Place)"/> gives them.</param>
    /// <param name="api">Where the host's API is.</param>
    public static IReadOnlyList<Uri> Probes(string host, HostSettings here, Uri api)
    {
        var workload = Overlay.Production.Workloads.Single(one => one.IsHost && one.Host == host);
        var management = WorkloadSettings.Of(Overlay.Production, workload)["Management__Url"];
        var ports = new Dictionary<int, Uri>
        {
            [ApiPort] = api,
            [int.Parse(management[(management.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture)] = new(
                here.Environment["Management__Url"]
            ),
        };
        return
        [
            .. ((string[])["startupProbe", "livenessProbe", "readinessProbe"]).Select(probe => new Uri(
                ports[PortOf(workload.Main, workload.Main.Text(probe, "httpGet", "port")!)],
                workload.Main.Text(probe, "httpGet", "path")
            )),
        ];
    }

    private static int PortOf(JsonNode container, string port) =>
        int.TryParse(port, out var number)
            ? number
            : container.Items("ports").Single(one => one.Text("name") == port).Number("containerPort")!.Value;

    private static HostSettings Of(Workload workload, Place place, string role) =>
        new(
            WorkloadSettings
                .Of(Overlay.Production, workload)
                .ToDictionary(told => told.Key, told => Here(told.Key, told.Value, place), StringComparer.Ordinal),
            WorkloadSettings
                .Secrets(Overlay.Production, workload)
                .ToDictionary(file => file, file => Secret(file, workload.Host, place, role), StringComparer.Ordinal)
        );

    private static string Here(string name, string value, Place place) =>
        name.Split("__") switch
        {
            ["Auth", ..] or ["Edges", "TokenFile"] => place.Tokens[Colons(name)],
            ["ReverseProxy", "Clusters", var service, ..] => place.Addresses[service].ToString(),
            ["Edges", var service] => place.Addresses[service.ToLowerInvariant()].ToString(),
            ["Management", "Url"] => $"http://127.0.0.1:{Ports.Any()}",
            ["Drain", "Delay"] => "00:00:01",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] => "", // nobody collects here
            ["Notifications", "Channels", _] => "log", // and nobody is written to
            [.., var last] when last.EndsWith("File", StringComparison.Ordinal) => place.Tokens["Edges:TokenFile"],
            _ => value,
        };

    private static string Secret(string file, string service, Place place, string role) =>
        file switch
        {
            "ConnectionStrings__Database" => place.Database(service, role),
            "ConnectionStrings__Broker" => place.Broker.ToString(),
            _ => place.Tokens[Colons(file)],
        };

    private static string Colons(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    /// <summary>The setting's name as a variable or file, with the names of our own that stand for <c>{id}</c> above.</summary>
    public static string Variable(Setting setting) =>
        setting
            .Name.Replace("Keys:{id}", "Keys:k1", StringComparison.Ordinal)
            .Replace("Destinations:{id}", "Destinations:d0", StringComparison.Ordinal)
            .Replace(":", "__", StringComparison.Ordinal);
}
