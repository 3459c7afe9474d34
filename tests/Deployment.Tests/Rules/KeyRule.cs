using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>The names that a host is told its settings by.</summary>
/// <param name="Environment">Variables.</param>
/// <param name="Files">Below <c>Secrets__Path</c>, or where another setting says.</param>
internal sealed record Keys(IReadOnlyList<string> Environment, IReadOnlyList<string> Files)
{
    public static Keys Of(Overlay overlay, Workload workload) =>
        new(
            [.. WorkloadSettings.Of(overlay, workload).Keys.Order(StringComparer.Ordinal)],
            [.. WorkloadSettings.Secrets(overlay, workload).Order(StringComparer.Ordinal)]
        );

    public static Keys Of(JsonNode compose, string service) =>
        new(
            [.. compose.Map("services", service, "environment").Keys.Order(StringComparer.Ordinal)],
            [
                .. compose
                    .Items("services", service, "secrets")
                    .Select(secret => secret.Text("target") ?? "")
                    .Where(target => target.StartsWith(SecretsPath, StringComparison.Ordinal))
                    .Select(target => target[SecretsPath.Length..])
                    .Order(StringComparer.Ordinal),
            ]
        );

    private const string SecretsPath = "/etc/customerfeedback/secrets/";
}

/// <summary>Whichever way the system is brought up, hosts are told the same things by the same names.</summary>
internal static class KeyRule
{
    public static JsonObject Compose { get; } =
        Yaml.Read(File.ReadAllText(Path.Combine(Checkout.Root, "deploy/compose/compose.yaml"))).Single();

    public static IEnumerable<string> Faults(Overlay overlay, JsonNode compose) =>
        from workload in overlay.Workloads
        let here = Keys.Of(overlay, workload)
        let there = Keys.Of(compose, workload.Of.Name)
        from fault in Differences("environment", here.Environment, there.Environment)
            .Concat(Differences("files", here.Files, there.Files))
            .Concat(Unmounted(overlay, workload, compose))
        select $"{workload}: {fault}";

    private static IEnumerable<string> Differences(
        string what,
        IReadOnlyList<string> here,
        IReadOnlyList<string> there
    ) =>
        here.Except(there)
            .Select(key => $"{key} of the {what} is not in compose")
            .Concat(there.Except(here).Select(key => $"{key} of the {what} is in compose only"));

    /// <summary>Settings that name a file, without the file.</summary>
    private static IEnumerable<string> Unmounted(Overlay overlay, Workload workload, JsonNode compose)
    {
        var named = WorkloadSettings
            .Of(overlay, workload)
            .Where(pair => workload.IsHost && pair.Key.EndsWith("File", StringComparison.Ordinal))
            .Select(pair =>
                (Folder: Path.GetDirectoryName(pair.Value)!, Name: Path.GetFileName(pair.Value), Path: pair.Value)
            );
        foreach (var (folder, name, path) in named)
        {
            var mount = workload.Main.Items("volumeMounts").SingleOrDefault(m => m.Text("mountPath") == folder);
            var volume = workload.Pod.Items("volumes").SingleOrDefault(v => v.Text("name") == mount.Text("name"));
            var secret = overlay.Find("ExternalSecret", volume.Text("secret", "secretName"));
            if (secret is null || secret.Spec.Items("data").All(item => item.Text("secretKey") != name))
                yield return $"{path} is not mounted";
            if (compose.Items("services", workload.Of.Name, "secrets").All(s => s.Text("target") != path))
                yield return $"{path} is not mounted by compose";
        }
    }
}
