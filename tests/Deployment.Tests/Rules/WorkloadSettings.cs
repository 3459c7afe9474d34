using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>What a workload is told: by environment variable, and by file below <c>Secrets__Path</c>.</summary>
internal static class WorkloadSettings
{
    /// <summary>Environment variables of its first container with their values.</summary>
    public static IReadOnlyDictionary<string, string> Of(Overlay overlay, Workload workload) =>
        workload
            .Main.Items("envFrom")
            .SelectMany(from =>
                overlay.Find("ConfigMap", from.Text("configMapRef", "name"))?.Json.Map("data") ?? NoData
            )
            .Concat(
                workload
                    .Main.Items("env")
                    .Select(env => KeyValuePair.Create(env.Text("name")!, env.Text("value") ?? ""))
            )
            .GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);

    /// <summary>Names of the files that are mounted where <c>Secrets__Path</c> says.</summary>
    public static IReadOnlyList<string> Secrets(Overlay overlay, Workload workload)
    {
        if (!Of(overlay, workload).TryGetValue("Secrets__Path", out var folder))
            return [];
        var mount = workload.Main.Items("volumeMounts").SingleOrDefault(m => m.Text("mountPath") == folder);
        var volume = VolumeOf(workload, mount).At("secret");
        if (volume.At("items") is not null)
            return [.. volume.Items("items").Select(item => item.Text("path")!)];
        return overlay.Find("ExternalSecret", volume.Text("secretName")) is { } secret ? KeysOf(secret) : [];
    }

    /// <summary>The keys of the Secret that is made of it.</summary>
    public static IReadOnlyList<string> KeysOf(Manifest secret) =>
        secret.Spec.At("target", "template", "data") is JsonObject template
            ? [.. template.Select(pair => pair.Key)]
            : [.. secret.Spec.Items("data").Select(item => item.Text("secretKey")!)];

    private static Dictionary<string, string> NoData { get; } = [];

    private static JsonNode? VolumeOf(Workload workload, JsonNode? mount) =>
        workload.Pod.Items("volumes").SingleOrDefault(volume => volume.Text("name") == mount.Text("name"));
}
