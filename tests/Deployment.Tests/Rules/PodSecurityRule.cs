using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>Pod Security "restricted", which the namespace enforces, and what goes beyond it: nothing is written but /tmp, and no token is at hand.</summary>
internal static class PodSecurityRule
{
    private static readonly string[] VolumeKinds =
    [
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "persistentVolumeClaim",
        "projected",
        "secret",
    ];

    public static IEnumerable<string> Faults(Overlay overlay) =>
        overlay
            .Workloads.SelectMany(workload =>
                OfPod(workload)
                    .Concat(workload.Containers.SelectMany(container => OfContainer(workload.Pod, container)))
                    .Select(fault => $"{workload}: {fault}")
            )
            .Concat(OfAccounts(overlay))
            .Concat(OfNamespace(overlay));

    private static IEnumerable<string> OfPod(Workload workload)
    {
        var pod = workload.Pod;
        foreach (var shared in (string[])["hostNetwork", "hostPID", "hostIPC"])
            if (pod.Is(true, shared))
                yield return $"{shared} is on";
        if (!pod.Is(false, "automountServiceAccountToken"))
            yield return "the service account's token is mounted";
        if (!pod.Is(false, "enableServiceLinks"))
            yield return "services are written into the environment";
        foreach (var volume in pod.Items("volumes"))
            if (!volume.AsObject().Select(pair => pair.Key).Where(key => key != "name").All(VolumeKinds.Contains))
                yield return $"volume {volume.Text("name")} is of a kind that is not allowed";
        if (
            workload.Containers.Any(container =>
                container.Items("volumeMounts").All(m => m.Text("mountPath") != "/tmp")
            )
        )
            yield return "a container has no /tmp of its own";
        if (pod.Items("volumes").All(v => v.Text("name") != "tmp" || v.At("emptyDir") is null))
            yield return "/tmp is no emptyDir";
    }

    private static IEnumerable<string> OfContainer(JsonNode pod, JsonNode container)
    {
        var name = container.Text("name");
        JsonNode? Either(params string[] path) =>
            container.At("securityContext").At(path) ?? pod.At("securityContext").At(path);

        if (Either("runAsNonRoot") is not JsonValue nonRoot || !nonRoot.GetValue<bool>())
            yield return $"{name} may run as root";
        if (Either("runAsUser")?.ToString() is null or "0")
            yield return $"{name} runs as no certain user, or as root";
        if (Either("seccompProfile", "type")?.ToString() is not ("RuntimeDefault" or "Localhost"))
            yield return $"{name} has no seccomp profile";
        var context = container.At("securityContext");
        if (!context.Is(false, "allowPrivilegeEscalation"))
            yield return $"{name} may gain privileges";
        if (context.Is(true, "privileged"))
            yield return $"{name} is privileged";
        if (context.Items("capabilities", "drop").All(c => c.ToString() != "ALL"))
            yield return $"{name} keeps capabilities";
        if (context.Items("capabilities", "add").Any(c => c.ToString() != "NET_BIND_SERVICE"))
            yield return $"{name} adds capabilities";
        if (!context.Is(true, "readOnlyRootFilesystem"))
            yield return $"{name} may write to its root file system";
        if (container.Items("ports").Any(port => port.At("hostPort") is not null))
            yield return $"{name} takes a port of the node";
        if (context.Text("procMount") is not (null or "Default"))
            yield return $"{name} mounts /proc unmasked";
    }

    private static IEnumerable<string> OfAccounts(Overlay overlay) =>
        overlay
            .Of("ServiceAccount")
            .Where(account => !account.Json.Is(false, "automountServiceAccountToken"))
            .Select(account => $"{account}: its token is mounted");

    private static IEnumerable<string> OfNamespace(Overlay overlay)
    {
        var labels = overlay.Get("Namespace", overlay.Namespace).Json.Map("metadata", "labels");
        if (labels.GetValueOrDefault("pod-security.kubernetes.io/enforce") != "restricted")
            yield return $"Namespace {overlay.Namespace}: Pod Security is not enforced";
    }
}
