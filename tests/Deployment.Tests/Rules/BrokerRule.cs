using System.Text.RegularExpressions;
using CustomerFeedback.Contracts;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>A service's user at the broker may do what its part of the event table needs, and nothing with what is another's.</summary>
internal static class BrokerRule
{
    private static readonly string[] Operations = ["configure", "write", "read"];

    public static IEnumerable<string> Faults(Overlay overlay) =>
        Overlay
            .Services.SelectMany(service => OfService(overlay, service))
            .Concat(OfMigration(overlay))
            .Concat(OfUsers(overlay))
            .Concat(OfCluster(overlay.Get("RabbitmqCluster", "rabbitmq")));

    /// <summary>Declares and reads its queues, binds them to the events that it takes, sends the events that it publishes.</summary>
    private static IEnumerable<string> OfService(Overlay overlay, string service)
    {
        var may = Permissions(overlay, service);
        var own = Queues.Where(queue => IsOf(queue, service)).SelectMany(WithAsides).ToList();
        var published = EventTable.Rows.Where(row => row.Publisher == service).Select(ExchangeOf).ToList();
        var taken = EventTable
            .Rows.Where(row => row.Queues.Any(queue => IsOf(queue, service)))
            .Select(ExchangeOf)
            .ToList();
        var needed = new Dictionary<string, IEnumerable<string>>
        {
            ["configure"] = own.Concat(published).Concat(taken),
            ["write"] = own.Concat(published),
            ["read"] = own.Concat(taken),
        };
        var others = Queues.Where(queue => !IsOf(queue, service)).SelectMany(WithAsides).ToList();
        foreach (var operation in Operations)
        {
            foreach (var name in needed[operation].Where(name => !may[operation].IsMatch(name)))
                yield return $"{service} may not {operation} {name}";
            foreach (var name in others.Where(name => may[operation].IsMatch(name)))
                yield return $"{service} may {operation} {name}, which is another's";
        }

        foreach (
            var name in EventTable
                .Rows.Where(row => row.Publisher != service)
                .Select(ExchangeOf)
                .Where(name => may["write"].IsMatch(name))
        )
            yield return $"{service} may publish {name}, which is another's";
    }

    private static IEnumerable<string> OfMigration(Overlay overlay)
    {
        var may = Permissions(overlay, "migration");
        var queues = Queues.SelectMany(WithAsides).ToList();
        var exchanges = EventTable.Rows.Select(ExchangeOf).ToList();
        return
        [
            .. from name in queues.Concat(exchanges)
            where !may["configure"].IsMatch(name)
            select $"migration may not configure {name}",
            .. from name in queues where !may["write"].IsMatch(name) select $"migration may not bind {name}",
            .. from name in queues.Concat(exchanges)
            where !may["read"].IsMatch(name)
            select $"migration may not bind to {name}",
            .. from name in exchanges where may["write"].IsMatch(name) select $"migration may publish {name}",
        ];
    }

    /// <summary>Each address in a secret names the user that the secret is for, and the user's own secret makes it.</summary>
    private static IEnumerable<string> OfUsers(Overlay overlay)
    {
        foreach (
            var (secret, user) in Overlay.Services.SelectMany(s =>
                ((string, string)[])[(s, s), ($"{s}-migration", "migration")]
            )
        )
        {
            var address = overlay
                .Get("ExternalSecret", secret)
                .Spec.Text("target", "template", "data", "ConnectionStrings__Broker")!;
            if (
                !Regex.IsMatch(
                    address,
                    $@"^amqps?://{user}:{{{{ \.broker }}}}@rabbitmq:567[12]/customerfeedback$",
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
            )
                yield return $"the secret {secret} does not lead {user} to the broker";
        }

        foreach (var user in overlay.Of("User"))
        {
            if (user.Spec.Items("tags").Any())
                yield return $"{user} may more than its permissions say";
            var secret = overlay.Get("ExternalSecret", user.Spec.Text("importCredentialsSecret", "name")!);
            if ($"rabbitmq-{secret.Spec.Text("target", "template", "data", "username")}" != user.Name)
                yield return $"{user} gets another's name";
        }
    }

    private static IEnumerable<string> OfCluster(Manifest cluster)
    {
        if (cluster.Spec.Number("replicas") is not >= 3)
            yield return "RabbitMQ: fewer than three nodes have no quorum";
        if (
            cluster
                .Spec.Text("rabbitmq", "additionalConfig")
                ?.Contains("default_queue_type = quorum", StringComparison.Ordinal)
            is not true
        )
            yield return "RabbitMQ: queues are on one machine only";
    }

    private static IEnumerable<string> Queues => EventTable.Rows.SelectMany(row => row.Queues).Distinct();

    private static string[] WithAsides(string queue) => [queue, $"{queue}_error", $"{queue}_skipped"];

    private static bool IsOf(string queue, string service) => queue.StartsWith($"{service}-", StringComparison.Ordinal);

    private static string ExchangeOf(EventTable.Row row) => $"{row.Event.Namespace}:{row.Event.Name}";

    private static Dictionary<string, Regex> Permissions(Overlay overlay, string user)
    {
        var permissions = overlay.Get("Permission", user).Spec.At("permissions");
        return Operations.ToDictionary(
            operation => operation,
            operation => new Regex(permissions.Text(operation)!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
        );
    }
}
