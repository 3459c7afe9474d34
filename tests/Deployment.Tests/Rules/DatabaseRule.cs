using System.Text.RegularExpressions;
using CustomerFeedback.Deployment.Tests.Rendering;
using Npgsql;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>A database per service, made by its owner, used by a role that makes nothing; what was acknowledged survives a machine.</summary>
internal static partial class DatabaseRule
{
    private static readonly string[] Powers = ["superuser", "createdb", "createrole", "replication", "bypassrls"];

    public static IEnumerable<string> Faults(Overlay overlay) =>
        Overlay
            .Services.SelectMany(service => OfService(overlay, service).Select(fault => $"{service}: {fault}"))
            .Concat(OfCluster(overlay.Get("Cluster", "postgres")));

    private static IEnumerable<string> OfService(Overlay overlay, string service)
    {
        var (owner, app) = ($"{service}_owner", $"{service}_app");
        if (overlay.Find("Database", service)?.Spec.Text("owner") != owner)
            yield return $"there is no database {service} that {owner} owns";
        foreach (var (secret, role) in ((string, string)[])[(service, app), ($"{service}-migration", owner)])
        {
            var address = ConnectionRule.Address(overlay, secret);
            if (address.Username != role || address.Database != service)
                yield return $"the secret {secret} is not for {role}";
            if (address.SslMode != SslMode.VerifyFull || address.RootCertificate is null)
                yield return $"the secret {secret} does not check the server's name";
            var login = $"postgres-{role.Replace('_', '-')}";
            var template = overlay.Get("ExternalSecret", login).Spec.At("target", "template");
            if (template.Text("type") != "kubernetes.io/basic-auth" || template.Text("data", "username") != role)
                yield return $"the secret {login} does not give {role} its password";
            if (Role(overlay, role).Text("passwordSecret", "name") != login)
                yield return $"{role} is not made, or its password is not the one in {login}";
            if (Password(overlay, login, "password") != Password(overlay, secret, "database"))
                yield return $"the secret {secret} has another password than {login}";
        }

        var doors = overlay
            .Get("Cluster", "postgres")
            .Spec.Items("postgresql", "pg_hba")
            .Select(line => line.ToString())
            .ToList();
        if (!doors.Contains($"hostssl {service} {owner},+{app} all scram-sha-256"))
            yield return "its roles do not get into its database";
        foreach (var workload in overlay.Workloads.Where(w => w.Host == service))
        {
            var mounted = workload
                .Pod.Items("volumes")
                .Single(v => v.Text("name") == "secrets")
                .Text("secret", "secretName");
            if (mounted != (workload.IsHost ? service : $"{service}-migration"))
                yield return $"{workload} comes with the secret {mounted}";
        }
    }

    private static IEnumerable<string> OfCluster(Manifest cluster)
    {
        foreach (var role in cluster.Spec.Items("managed", "roles"))
        {
            var name = role.Text("name")!;
            if (Powers.Any(power => role.Is(true, power)))
                yield return $"{name} may do too much";
            if (!role.Items("inRoles").Select(r => r.ToString()).SequenceEqual(MemberOf(name)))
                yield return $"{name} has another's rights, or not its own";
        }

        var doors = cluster.Spec.Items("postgresql", "pg_hba").Select(line => line.ToString()).ToList();
        if (doors.Count != Overlay.Services.Count() + 1 || doors[^1] != "host all all all reject")
            yield return "PostgreSQL: others get in, or get into others' databases";
        if (cluster.Spec.Number("instances") is not >= 3)
            yield return "PostgreSQL: fewer than three instances have no quorum";
        if (
            cluster.Spec.Text("postgresql", "synchronous", "dataDurability") != "required"
            || cluster.Spec.Text("postgresql", "synchronous", "method") != "any"
            || cluster.Spec.Number("postgresql", "synchronous", "number") is not >= 1
        )
            yield return "PostgreSQL: what is acknowledged is on one machine only";
        if (cluster.Spec.Items("plugins").All(plugin => !plugin.Is(true, "isWALArchiver")))
            yield return "PostgreSQL: changes are not archived";
    }

    /// <summary>A second login, while a password is changed, has the rights of the first, and so pg_hba lets it in.</summary>
    private static string[] MemberOf(string role) =>
        role switch
        {
            // Makes tables while it runs (services/Analytics/Data/Projection.cs).
            "analytics_app" => ["analytics_owner"],
            _ when SecondLogin().Match(role) is { Success: true } second => [second.Groups["first"].Value],
            _ => [],
        };

    /// <summary>Where in the store a secret has a password from.</summary>
    private static string? Password(Overlay overlay, string secret, string key) =>
        overlay
            .Get("ExternalSecret", secret)
            .Spec.Items("data")
            .SingleOrDefault(item => item.Text("secretKey") == key)
            .At("remoteRef")
            ?.ToJsonString();

    private static System.Text.Json.Nodes.JsonNode? Role(Overlay overlay, string name) =>
        overlay
            .Get("Cluster", "postgres")
            .Spec.Items("managed", "roles")
            .SingleOrDefault(role => role.Text("name") == name);

    [GeneratedRegex("^(?<first>[a-z]+_app)_[0-9]+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SecondLogin();
}
