using System.Collections.Concurrent;

namespace CustomerFeedback.TestKit;

/// <summary>Virtual hosts of the test run's RabbitMQ.</summary>
public sealed record TestBroker(Uri Uri)
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<TestBroker>>> OfClasses = [];

    /// <summary>An address where nobody listens: for hosts whose test needs no broker, and for the broker that is down.</summary>
    public static TestBroker Unreachable { get; } = new(new Uri("amqp://nobody:nothing@127.0.0.1:9/nowhere"));

    /// <summary>
    /// The virtual host of a test class: the same one at every call, because the tests of a class run one after another. Two classes, which run beside
    /// each other, never share one: each would consume what the other publishes.
    /// </summary>
    public static Task<TestBroker> Of<TTests>() => OfClasses.GetOrAdd(typeof(TTests), static _ => new(Claim)).Value;

    /// <summary>A virtual host of one's own, empty.</summary>
    public static async Task<TestBroker> Claim() => new(await (await TestServers.Shared()).ClaimVirtualHost());
}
