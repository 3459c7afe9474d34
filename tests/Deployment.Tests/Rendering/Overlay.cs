using System.Text.Json.Nodes;

namespace CustomerFeedback.Deployment.Tests.Rendering;

/// <summary>All documents that one place gets.</summary>
internal sealed record Overlay(string Name, IReadOnlyList<Manifest> Manifests)
{
    private static readonly Dictionary<string, Lazy<Overlay>> Rendered = new[] { "staging", "production" }.ToDictionary(
        name => name,
        name => new Lazy<Overlay>(() => Render(name))
    );

    public static TheoryData<string> Names => [.. Rendered.Keys];

    public static IEnumerable<Overlay> All => Rendered.Keys.Select(Named);

    public static IReadOnlyList<string> Hosts { get; } =
    ["gateway", "intake", "ticketing", "survey", "analytics", "notifications"];

    public static IEnumerable<string> Services => Hosts.Skip(1);

    public static Overlay Production => Named("production");

    public string Namespace => Manifests.Single(m => m.Kind == "Namespace").Name;

    public IEnumerable<Workload> Workloads => Of("Deployment", "Job").Select(m => new Workload(m));

    public static Overlay Named(string name) => Rendered[name].Value;

    public IEnumerable<Manifest> Of(params string[] kinds) => Manifests.Where(m => kinds.Contains(m.Kind));

    public Manifest Get(string kind, string name) => Manifests.Single(m => m.Kind == kind && m.Name == name);

    public Manifest? Find(string kind, string? name) =>
        Manifests.SingleOrDefault(m => m.Kind == kind && m.Name == name);

    /// <summary>The same with one document changed: for seeing a rule red.</summary>
    public Overlay With(string kind, string name, Action<JsonObject> change)
    {
        var changed = Get(kind, name).Copy();
        change(changed.Json);
        return this with { Manifests = [.. Manifests.Select(m => m.Kind == kind && m.Name == name ? changed : m)] };
    }

    public Overlay Without(string kind, string name)
    {
        var gone = Get(kind, name);
        return this with { Manifests = [.. Manifests.Where(m => m != gone)] };
    }

    public Overlay And(string yaml) =>
        this with
        {
            Manifests = [.. Manifests, .. Yaml.Read(yaml).Select(json => new Manifest(json))],
        };

    private static Overlay Render(string name) =>
        new(
            name,
            [.. Yaml.Read(Kubectl.Kustomize($"deploy/kustomize/overlays/{name}")).Select(json => new Manifest(json))]
        );
}
