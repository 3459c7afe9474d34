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
        return [.. VolumeOf(workload, mount).Items("secret", "items").Select(item => item.Text("path")!)];
    }

    private static Dictionary<string, string> NoData { get; } = [];

    private static JsonNode? VolumeOf(Workload workload, JsonNode? mount) =>
        workload.Pod.Items("volumes").SingleOrDefault(volume => volume.Text("name") == mount.Text("name"));
}
