using System.Text.Json.Nodes;

namespace CustomerFeedback.Deployment.Tests.Rendering;

/// <summary>One rendered document.</summary>
internal sealed record Manifest(JsonObject Json)
{
    public string Kind => Json.Text("kind") ?? "";

    public string Name => Json.Text("metadata", "name") ?? "";

    public JsonNode? Spec => Json["spec"];

    public Manifest Copy() => new((JsonObject)Json.DeepClone());

    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>Something that makes pods of ours, and what they are like.</summary>
/// <param name="Of">The Deployment or Job.</param>
internal sealed record Workload(Manifest Of)
{
    public const string NameLabel = "app.kubernetes.io/name";
    public const string ComponentLabel = "app.kubernetes.io/component";

    public JsonNode Pod => Of.Spec.At("template", "spec")!;

    public IReadOnlyDictionary<string, string> Labels => Of.Spec.Map("template", "metadata", "labels");

    /// <summary>The host whose image it runs.</summary>
    public string Host => Labels.GetValueOrDefault(NameLabel, "");

    public bool IsHost => Of.Kind == "Deployment";

    public IEnumerable<JsonNode> Containers => Pod.Items("initContainers").Concat(Pod.Items("containers"));

    public JsonNode Main => Pod.Items("containers").First();

    public override string ToString() => Of.ToString();
}
