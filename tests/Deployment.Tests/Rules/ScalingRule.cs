using CustomerFeedback.Contracts;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>Every host grows by itself, within bounds, by what it really does.</summary>
internal static class ScalingRule
{
    public static IEnumerable<string> Faults(Overlay overlay)
    {
        var scalers = overlay.Of("HorizontalPodAutoscaler", "ScaledObject").ToList();
        foreach (var host in overlay.Workloads.Where(w => w.IsHost))
        {
            if (scalers.Count(s => s.Spec.Text("scaleTargetRef", "name") == host.Of.Name) != 1)
                yield return $"{host}: not one autoscaler";
            if (host.Of.Spec.At("replicas") is not null)
                yield return $"{host}: its number is said twice, here and by an autoscaler";
        }

        foreach (var scaler in scalers)
        {
            if (overlay.Find("Deployment", scaler.Spec.Text("scaleTargetRef", "name")) is null)
                yield return $"{scaler}: scales nothing";
            if (Most(scaler) <= (scaler.Spec.Number("minReplicas") ?? scaler.Spec.Number("minReplicaCount")))
                yield return $"{scaler}: does not scale";
            // Whoever is there stays while the broker cannot be asked: a burst is a likely reason for that.
            if (scaler.Kind == "ScaledObject" && scaler.Spec.Text("fallback", "behavior") != "currentReplicasIfHigher")
                yield return $"{scaler}: shrinks when its queues cannot be asked";
            if (scaler.Spec.Items("triggers").Any(trigger => trigger.Text("metricType") != "AverageValue"))
                yield return $"{scaler}: a fallback is for averages only";
            var own = scaler.Spec.Text("scaleTargetRef", "name") + "-";
            foreach (var queue in Queues(scaler))
                if (
                    !queue.StartsWith(own, StringComparison.Ordinal)
                    || !EventTable.Rows.Any(r => r.Queues.Contains(queue))
                )
                    yield return $"{scaler}: {queue} is no queue of its service";
        }
    }

    public static int Most(Manifest scaler) =>
        scaler.Spec.Number("maxReplicas") ?? scaler.Spec.Number("maxReplicaCount") ?? 0;

    private static IEnumerable<string> Queues(Manifest scaler) =>
        scaler
            .Spec.Items("triggers")
            .Where(t => t.Text("type") == "rabbitmq")
            .Select(t => t.Text("metadata", "queueName") ?? "");
}
