namespace CustomerFeedback.Local.Hosts;

/// <summary>One of the five services: its name in configuration and in addresses, its assembly, its first port.</summary>
internal sealed record Service(string Name, string Assembly, int Port)
{
    public static IReadOnlyList<Service> All { get; } =
    [
        new("intake", "Intake", 8110),
        new("ticketing", "Ticketing", 8120),
        new("survey", "Survey", 8130),
        new("analytics", "Analytics", 8140),
        new("notifications", "Notifications", 8150),
    ];

    public string Folder => $"services/{Assembly}";

    /// <summary>It asks other services and is told their addresses.</summary>
    public bool AsksOthers => Name == "notifications";

    /// <summary>It is one of those others.</summary>
    public bool IsAsked => Name is "intake" or "ticketing" or "survey";
}

/// <summary>What is to be started, and how its hosts are configured.</summary>
/// <param name="State">Folder of logs and of the record of processes.</param>
/// <param name="Services">The services to start, each with its database's connection string.</param>
/// <param name="Broker">The virtual host that all of them use.</param>
/// <param name="Settings">What every host is told: tokens, links, personal data.</param>
/// <param name="Replicas">Of each service.</param>
/// <param name="Gateways">Of the gateway.</param>
/// <param name="GatewayPort">The wanted port; the next free one is taken.</param>
/// <param name="ServicePortOffset">Moves the services' ports; tests start elsewhere than the local run.</param>
internal sealed record SystemPlan(
    string State,
    IReadOnlyDictionary<Service, string> Services,
    Uri Broker,
    IReadOnlyDictionary<string, string> Settings,
    int Replicas,
    int Gateways,
    int GatewayPort,
    int ServicePortOffset
)
{
    public string Logs => Path.Combine(State, "logs");
}
