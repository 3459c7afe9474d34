using CustomerFeedback.Local.Hosts;

namespace CustomerFeedback.Published.Tests.Running;

/// <summary>What a host is given: variables of its environment, and files of its folder of secrets, both named as the manifests name them.</summary>
internal sealed record HostSettings(
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyDictionary<string, string> Secrets
)
{
    public HostSettings Without(string name) =>
        new(
            Environment.Where(one => one.Key != name).ToDictionary(StringComparer.Ordinal),
            Secrets.Where(one => one.Key != name).ToDictionary(StringComparer.Ordinal)
        );
}

/// <summary>The values that stand in for those of a real place.</summary>
/// <param name="Tokens">Auth:*, Links:*, Pii:* and the token file, by the names of the configuration.</param>
/// <param name="Databases">The application role's connection string, by service.</param>
/// <param name="Addresses">Where each host listens, by its name.</param>
internal sealed record Place(
    IReadOnlyDictionary<string, string> Tokens,
    IReadOnlyDictionary<string, string> Databases,
    Uri Broker,
    IReadOnlyDictionary<string, Uri> Addresses
);

/// <summary>What each host needs in production: the one place that a rendered overlay can be put in for.</summary>
internal static class Production
{
    public static IReadOnlyList<string> Hosts { get; } = ["gateway", .. Service.All.Select(service => service.Name)];

    /// <summary>All that the production overlay gives a host, with values of this place.</summary>
    public static HostSettings Of(string host, Place place)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_HTTP_PORTS"] = "8080",
            ["Auth__Issuer"] = place.Tokens["Auth:Issuer"],
            ["Auth__Audience"] = place.Tokens["Auth:Audience"],
            ["Auth__Jwks"] = place.Tokens["Auth:Jwks"],
            ["Drain__Delay"] = "00:00:01",
        };
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (host == "gateway")
        {
            foreach (var service in Service.All)
                environment[$"ReverseProxy__Clusters__{service.Name}__Destinations__d0__Address"] = place
                    .Addresses[service.Name]
                    .ToString();
            environment["TrustedProxies__0"] = "10.0.0.0/8";
            environment["Cors__Origins__0"] = "https://shop.example";
            return new(environment, secrets);
        }

        secrets["ConnectionStrings__Database"] = place.Databases[host];
        secrets["ConnectionStrings__Broker"] = place.Broker.ToString();
        if (host is "intake" or "ticketing" or "survey")
        {
            environment["Links__CurrentKey"] = place.Tokens["Links:CurrentKey"];
            secrets["Links__Keys__k1"] = place.Tokens["Links:Keys:k1"];
        }
        if (host == "intake")
        {
            environment["Pii__CurrentKey"] = place.Tokens["Pii:CurrentKey"];
            secrets["Pii__Keys__k1"] = place.Tokens["Pii:Keys:k1"];
            secrets["Pii__IndexKey"] = place.Tokens["Pii:IndexKey"];
        }
        if (host == "survey")
            environment["Survey__OfficialContact"] = "400-820-0000";
        if (host == "notifications")
        {
            environment["Notifications__PublicUrl"] = "https://feedback.example.com/";
            foreach (var channel in (ReadOnlySpan<string>)["phone", "email", "alert"])
                environment[$"Notifications__Channels__{channel}"] = "log";
            foreach (var service in Service.All.Where(service => service.Name is "intake" or "ticketing" or "survey"))
                environment[$"Edges__{service.Assembly}"] = place.Addresses[service.Name].ToString();
            environment["Edges__TokenFile"] = place.Tokens["Edges:TokenFile"];
        }
        return new(environment, secrets);
    }

    /// <summary>The setting's name as a variable or file, with the names of our own that stand for <c>{id}</c> above.</summary>
    public static string Variable(Setting setting) =>
        setting
            .Name.Replace("Keys:{id}", "Keys:k1", StringComparison.Ordinal)
            .Replace("Destinations:{id}", "Destinations:d0", StringComparison.Ordinal)
            .Replace(":", "__", StringComparison.Ordinal);
}
