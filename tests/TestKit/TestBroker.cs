namespace CustomerFeedback.TestKit;

/// <summary>Virtual hosts of the test run's RabbitMQ.</summary>
public sealed record TestBroker(Uri Uri)
{
    private static readonly Lazy<Task<TestBroker>> OfThisAssembly = new(Claim);

    /// <summary>An address where nobody listens: for hosts whose test needs no broker, and for the broker that is down.</summary>
    public static TestBroker Unreachable { get; } = new(new Uri("amqp://nobody:nothing@127.0.0.1:9/nowhere"));

    /// <summary>The virtual host of this test assembly: the same one at every call.</summary>
    public static Task<TestBroker> VirtualHost() => OfThisAssembly.Value;

    /// <summary>A virtual host of one's own, empty.</summary>
    public static async Task<TestBroker> Claim() => new(await (await TestServers.Shared()).ClaimVirtualHost());
}
