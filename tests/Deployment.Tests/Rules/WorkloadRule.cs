using System.Globalization;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>Hosts that come up, stay up, are moved and go without anybody noticing.</summary>
internal static class WorkloadRule
{
    /// <summary>.NET gives a host so long to stop, its draining included, and then leaves.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>What each probe asks; liveness only whether the process answers.</summary>
    private static readonly Dictionary<string, string> Probes = new(StringComparer.Ordinal)
    {
        ["startupProbe"] = "/startupz",
        ["livenessProbe"] = "/livez",
        ["readinessProbe"] = "/readyz",
    };

    public static IEnumerable<string> Faults(Overlay overlay) =>
        overlay.Workloads.SelectMany(workload =>
            OfAll(workload)
                .Concat(workload.IsHost ? OfHost(overlay, workload) : [])
                .Select(fault => $"{workload}: {fault}")
        );

    private static IEnumerable<string> OfAll(Workload workload) =>
        from container in workload.Containers
        from side in (string[])["requests", "limits"]
        from resource in (string[])["cpu", "memory"]
        where container.At("resources", side, resource) is null
        select $"{container.Text("name")} has no {side} of {resource}";

    private static IEnumerable<string> OfHost(Overlay overlay, Workload host)
    {
        foreach (var (probe, path) in Probes)
            if (
                host.Main.Text(probe, "httpGet", "path") != path
                || host.Main.Text(probe, "httpGet", "port") != "management"
            )
                yield return $"{probe} does not ask {path} of the management port";
        if (host.Of.Spec.Text("strategy", "rollingUpdate", "maxUnavailable") != "0")
            yield return "an update takes a pod before there is another";
        var spread = host.Pod.Items("topologySpreadConstraints").Select(c => c.Text("topologyKey")).ToList();
        foreach (var key in (string[])["topology.kubernetes.io/zone", "kubernetes.io/hostname"])
            if (!spread.Contains(key))
                yield return $"not spread over {key}";
        if (host.Pod.Items("topologySpreadConstraints").Any(c => !Selectors.Match(c.At("labelSelector"), host.Labels)))
            yield return "spread with pods that it is not one of";
        var budgets = overlay
            .Of("PodDisruptionBudget")
            .Where(budget => Selectors.Match(budget.Spec.At("selector"), host.Labels))
            .ToList();
        if (budgets is not [var one] || one.Spec.Number("maxUnavailable") is not 1)
            yield return "no disruption budget, or not the one, takes one pod at a time";
        if (Replicas(overlay, host) < 2)
            yield return "one replica is none";
        var needed =
            TimeSpan.FromSeconds(host.Main.Number("lifecycle", "preStop", "sleep", "seconds") ?? 0) + ShutdownTimeout;
        if (TimeSpan.FromSeconds(host.Pod.Number("terminationGracePeriodSeconds") ?? 30) <= needed)
            yield return $"it is killed before it has stopped, which takes up to {needed}";
        var drain = TimeSpan.Parse(
            WorkloadSettings.Of(overlay, host).GetValueOrDefault("Drain__Delay", "00:00:00"),
            CultureInfo.InvariantCulture
        );
        if (drain <= TimeSpan.Zero || drain >= ShutdownTimeout)
            yield return $"it drains for {drain}, which is nothing or all the time it has";
    }

    /// <summary>The least, whoever says it.</summary>
    private static int Replicas(Overlay overlay, Workload host) =>
        overlay
            .Of("HorizontalPodAutoscaler", "ScaledObject")
            .Where(scaler => scaler.Spec.Text("scaleTargetRef", "name") == host.Of.Name)
            .Select(scaler => scaler.Spec.Number("minReplicas") ?? scaler.Spec.Number("minReplicaCount"))
            .FirstOrDefault()
        ?? host.Of.Spec.Number("replicas")
        ?? 1;
}
