using System.Text.RegularExpressions;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>Whatever a document names is there: another document, or a secret that somebody makes; and what is made is used.</summary>
internal static partial class ReferenceRule
{
    public static IEnumerable<string> Faults(Overlay overlay) =>
        [.. Missing(overlay), .. Templates(overlay), .. Unselected(overlay), .. Elsewhere(overlay), .. Twice(overlay)];

    private static IEnumerable<string> Missing(Overlay overlay)
    {
        var made = Made(overlay);
        var used = UsedSecrets(overlay).ToList();
        foreach (var (by, secret, keys) in used)
        {
            if (!made.TryGetValue(secret, out var has))
                yield return $"{by}: nobody makes the secret {secret}";
            else
                foreach (var key in keys.Except(has))
                    yield return $"{by}: the secret {secret} has no {key}";
        }

        foreach (var unused in made.Keys.Except(used.Select(use => use.Secret)))
            yield return $"nobody uses the secret {unused}";
        foreach (var (by, kind, name) in References(overlay))
            if (overlay.Find(kind, name) is null)
                yield return $"{by}: there is no {kind} {name}";
        var named = References(overlay).Where(r => r.Kind == "ConfigMap").Select(r => r.Name).ToHashSet();
        foreach (var map in overlay.Of("ConfigMap").Where(map => !named.Contains(map.Name) && !IsDashboard(map)))
            yield return $"nobody uses {map}";
    }

    /// <summary>Grafana finds these by their label.</summary>
    private static bool IsDashboard(Manifest map) =>
        map.Json.Map("metadata", "labels").ContainsKey("grafana_dashboard");

    /// <summary>Secrets by name, with their keys: the store's, PostgreSQL's authority, the certificate of the way in.</summary>
    private static Dictionary<string, HashSet<string>> Made(Overlay overlay) =>
        overlay
            .Of("ExternalSecret")
            .Select(secret => (secret.Name, Keys: WorkloadSettings.KeysOf(secret).ToHashSet()))
            .Concat(
                overlay.Of("Cluster").Select(cluster => ($"{cluster.Name}-ca", Keys: new HashSet<string> { "ca.crt" }))
            )
            .Concat(
                overlay
                    .Of("Ingress")
                    .Where(way => way.Json.Map("metadata", "annotations").ContainsKey("cert-manager.io/cluster-issuer"))
                    .SelectMany(way => way.Spec.Items("tls"))
                    .Select(tls => (tls.Text("secretName")!, Keys: new HashSet<string> { "tls.crt", "tls.key" }))
            )
            .ToDictionary(pair => pair.Item1, pair => pair.Keys, StringComparer.Ordinal);

    private static IEnumerable<(string By, string Secret, string[] Keys)> UsedSecrets(Overlay overlay) =>
        [
            .. from workload in overlay.Workloads
            from volume in workload.Pod.Items("volumes")
            where volume.At("secret") is not null
            select (
                $"{workload}",
                volume.Text("secret", "secretName")!,
                volume.Items("secret", "items").Select(item => item.Text("key")!).ToArray()
            ),
            .. from cluster in overlay.Of("Cluster")
            from role in cluster.Spec.Items("managed", "roles")
            select ($"{cluster}", role.Text("passwordSecret", "name") ?? "", new[] { "username", "password" }),
            .. overlay
                .Of("User")
                .Select(user =>
                    (
                        $"{user}",
                        user.Spec.Text("importCredentialsSecret", "name") ?? "",
                        new[] { "username", "password" }
                    )
                ),
            .. from store in overlay.Of("ObjectStore")
            from credential in store.Spec.At("configuration", "s3Credentials")!.AsObject()
            select ($"{store}", credential.Value.Text("name")!, new[] { credential.Value.Text("key")! }),
            .. from trigger in overlay.Of("TriggerAuthentication")
            from target in trigger.Spec.Items("secretTargetRef")
            select ($"{trigger}", target.Text("name")!, new[] { target.Text("key")! }),
            .. from way in overlay.Of("Ingress")
            from tls in way.Spec.Items("tls")
            select ($"{way}", tls.Text("secretName")!, new[] { "tls.crt", "tls.key" }),
        ];

    private static IEnumerable<(string By, string Kind, string? Name)> References(Overlay overlay) =>
        [
            .. overlay.Workloads.Select(w => ($"{w}", "ServiceAccount", w.Pod.Text("serviceAccountName"))),
            .. from workload in overlay.Workloads
            from container in workload.Containers
            from source in container.Items("envFrom")
            select ($"{workload}", "ConfigMap", source.Text("configMapRef", "name")),
            .. from cluster in overlay.Of("Cluster")
            from after in (string[])["postInitSQLRefs", "postInitTemplateSQLRefs"]
            from script in cluster.Spec.Items("bootstrap", "initdb", after, "configMapRefs")
            select ($"{cluster}", "ConfigMap", script.Text("name")),
            .. overlay
                .Of("Cluster")
                .SelectMany(
                    cluster => cluster.Spec.Items("plugins"),
                    (c, plugin) => ($"{c}", "ObjectStore", plugin.Text("parameters", "barmanObjectName"))
                ),
            .. overlay
                .Of("Database", "ScheduledBackup")
                .Select(of => ($"{of}", "Cluster", of.Spec.Text("cluster", "name"))),
            .. overlay
                .Of("User", "Permission", "Vhost")
                .Select(of => ($"{of}", "RabbitmqCluster", of.Spec.Text("rabbitmqClusterReference", "name"))),
            .. overlay.Of("Permission").Select(of => ($"{of}", "User", of.Spec.Text("userReference", "name"))),
            .. overlay.Of("Permission").Select(of => ($"{of}", "Vhost", of.Spec.Text("vhost"))),
            .. overlay
                .Of("ExternalSecret")
                .Select(of => ($"{of}", "SecretStore", of.Spec.Text("secretStoreRef", "name"))),
            .. overlay
                .Of("SecretStore")
                .Select(of =>
                    (
                        $"{of}",
                        "ServiceAccount",
                        of.Spec.Text("provider", "vault", "auth", "kubernetes", "serviceAccountRef", "name")
                    )
                ),
            .. from scaler in overlay.Of("ScaledObject")
            from trigger in scaler.Spec.Items("triggers")
            where trigger.At("authenticationRef") is not null
            select ($"{scaler}", "TriggerAuthentication", trigger.Text("authenticationRef", "name")),
            .. from way in overlay.Of("Ingress")
            from rule in way.Spec.Items("rules")
            from path in rule.Items("http", "paths")
            select ($"{way}", "Service", path.Text("backend", "service", "name")),
        ];

    /// <summary>What a template fills in is fetched, and nothing is fetched for nothing.</summary>
    private static IEnumerable<string> Templates(Overlay overlay)
    {
        foreach (var secret in overlay.Of("ExternalSecret").Where(s => s.Spec.At("target", "template") is not null))
        {
            var filled = secret
                .Spec.At("target", "template", "data")
                .Texts()
                .SelectMany(text => Places().Matches(text.Text).Select(match => match.Groups["key"].Value))
                .ToHashSet();
            var fetched = secret.Spec.Items("data").Select(item => item.Text("secretKey")!).ToHashSet();
            foreach (var key in filled.Except(fetched).Concat(fetched.Except(filled)))
                yield return $"{secret}: {key} is only fetched, or only filled in";
        }
    }

    /// <summary>Selectors that take none of our pods, and ports that these do not have.</summary>
    private static IEnumerable<string> Unselected(Overlay overlay)
    {
        var hosts = overlay.Workloads.Where(w => w.IsHost).ToList();
        foreach (var service in overlay.Of("Service"))
        {
            var behind = hosts
                .Where(h => service.Spec.Map("selector").All(p => h.Labels.GetValueOrDefault(p.Key) == p.Value))
                .ToList();
            if (behind is not [var one] || one.Of.Name != service.Name)
                yield return $"{service}: not the pods of {service.Name} are behind it";
            else if (service.Spec.Items("ports").Any(port => !Has(one, port.Text("targetPort"))))
                yield return $"{service}: its pods have no such port";
            if (service.Name != "gateway" && service.Spec.Text("clusterIP") != "None")
                yield return $"{service}: the gateway cannot see its pods";
        }

        foreach (var host in hosts.Where(h => !Selectors.Match(h.Of.Spec.At("selector"), h.Labels)))
            yield return $"{host}: does not select its own pods";
        foreach (
            var twin in hosts.Where(h => hosts.Any(o => o != h && Selectors.Match(h.Of.Spec.At("selector"), o.Labels)))
        )
            yield return $"{twin}: selects another's pods";
        foreach (var monitor in overlay.Of("PodMonitor").Where(m => m.Name == "customerfeedback"))
            if (
                !hosts.TrueForAll(h =>
                    Selectors.Match(monitor.Spec.At("selector"), h.Labels)
                    && monitor.Spec.Items("podMetricsEndpoints").All(e => Has(h, e.Text("port")))
                )
            )
                yield return $"{monitor}: does not see every host";
    }

    private static bool Has(Workload host, string? port) => host.Main.Items("ports").Any(p => p.Text("name") == port);

    private static IEnumerable<string> Elsewhere(Overlay overlay) =>
        from manifest in overlay.Manifests
        where manifest.Kind != "Namespace" && manifest.Json.Text("metadata", "namespace") != overlay.Namespace
        select $"{manifest}: is in another namespace";

    private static IEnumerable<string> Twice(Overlay overlay) =>
        overlay
            .Manifests.GroupBy(m => (m.Json.Text("apiVersion"), m.Kind, m.Name))
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.First()}: twice");

    [GeneratedRegex(@"\{\{\s*\.(?<key>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Places();
}
