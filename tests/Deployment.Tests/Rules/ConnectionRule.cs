using System.Globalization;
using CustomerFeedback.Deployment.Tests.Rendering;
using Npgsql;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>All replicas at their most, and those still stopping, find a connection to the database.</summary>
internal static class ConnectionRule
{
    /// <summary>Besides its pool a replica keeps the relay's two: one carries, one listens.</summary>
    private const int Relay = 2;

    /// <summary>Connections of a migration: the one that holds the lock, the one that migrates.</summary>
    private const int Migration = 2;

    /// <summary>Reserved for superusers (PostgreSQL's default), and what the operator and the exporter of an instance use.</summary>
    private const int Reserve = 3 + 10;

    /// <summary>Pools of their own: Intake accepts on one (writers + 1), Analytics' rebuild holds a lock on one.</summary>
    private static readonly Dictionary<string, int> Own = new(StringComparer.Ordinal)
    {
        ["intake"] = 3,
        ["analytics"] = 1,
    };

    public static IEnumerable<string> Faults(Overlay overlay)
    {
        var limit =
            overlay.Get("Cluster", "postgres").Spec.Number("postgresql", "parameters", "max_connections") ?? 100;
        var needed = Needed(overlay);
        if (needed >= limit)
            yield return $"max_connections is {limit}, and {needed} may be wanted";
    }

    public static int Needed(Overlay overlay) =>
        Reserve
        + (Overlay.Services.Count() * Migration)
        + Overlay.Services.Sum(service =>
            Pods(overlay, service) * (Pool(overlay, service) + Relay + Own.GetValueOrDefault(service))
        );

    public static int Pool(Overlay overlay, string secret) => Address(overlay, secret).MaxPoolSize;

    /// <summary>The connection string as the template makes it.</summary>
    public static NpgsqlConnectionStringBuilder Address(Overlay overlay, string secret) =>
        new(
            overlay
                .Get("ExternalSecret", secret)
                .Spec.Text("target", "template", "data", "ConnectionStrings__Database")!
        );

    /// <summary>At their most, with those that an update starts first and those that it has ended and that still drain.</summary>
    private static int Pods(Overlay overlay, string service)
    {
        var host = overlay.Workloads.Single(w => w.IsHost && w.Host == service);
        var scaler = overlay
            .Of("HorizontalPodAutoscaler", "ScaledObject")
            .Single(s => s.Spec.Text("scaleTargetRef", "name") == service);
        var surge = host.Of.Spec.Number("strategy", "rollingUpdate", "maxSurge") ?? throw NotSaid(host, "maxSurge");
        var grace =
            host.Pod.Number("terminationGracePeriodSeconds") ?? throw NotSaid(host, "terminationGracePeriodSeconds");
        var apart = host.Of.Spec.Number("minReadySeconds") ?? throw NotSaid(host, "minReadySeconds");
        return ScalingRule.Most(scaler) + surge + (int)Math.Ceiling((double)grace / apart);
    }

    private static InvalidOperationException NotSaid(Workload host, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{host} does not say {what} as a number."));
}
