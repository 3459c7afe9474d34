using MassTransit;
using RabbitMQ.Client;

namespace CustomerFeedback.Messaging;

/// <summary>Exchanges, queues and bindings, exactly as MassTransit declares them, so that both may come first.</summary>
internal static class Topology
{
    /// <summary>
    /// How often a message may come back because its consumer died with it. Handler failures do not count (they are retried in the
    /// process and then parked); past the limit the broker moves the message to the error queue, and so it is parked too.
    /// </summary>
    private const int DeliveryLimit = 20;

    /// <summary>Where failed (<c>_error</c>) and not understood (<c>_skipped</c>) messages of a queue go, for the parker to fetch.</summary>
    public static IEnumerable<string> Aside(string queue) => [queue + "_error", queue + "_skipped"];

    /// <summary>A consumer's queue: replicated, and safe against a message that kills its consumer.</summary>
    public static void Crashproof(string queue, IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.SetQuorumQueue();
        foreach (var (name, value) in Guard(queue))
            endpoint.SetQueueArgument(name, value);
    }

    /// <summary>The queues beside it: replicated too, with nowhere further to go.</summary>
    public static void PlainQuorum(IRabbitMqQueueBindingConfigurator queue)
    {
        foreach (var (name, _) in Guard(""))
            queue.SetQueueArgument(name, null!);
    }

    private static IEnumerable<(string Name, object Value)> Guard(string queue) =>
        [
            ("x-delivery-limit", DeliveryLimit),
            ("x-dead-letter-exchange", queue + "_error"),
            // Without these two the move to the error queue is a hope (at most once).
            ("x-dead-letter-strategy", "at-least-once"),
            ("x-overflow", "reject-publish"),
        ];

    public static async Task Declare(MessagingSetup setup, CancellationToken ct)
    {
        await using var connection = await Broker.Connect(setup, "migrate", ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        foreach (var consumer in setup.Consumers)
            await Declare(channel, consumer, ct);

        // The others' queues too: whoever is brought up first, nothing is told past a consumer that is not there yet.
        foreach (var published in setup.Events)
        {
            await Exchange(channel, Wire.ExchangeOf(published.Event), ct);
            foreach (var queue in published.Queues ?? [])
                await Bound(channel, queue, published.Event, ct);
        }
    }

    /// <summary>One consumer's queue, the two beside it, and its bindings.</summary>
    public static async Task Declare(IChannel channel, Consumers.Registration consumer, CancellationToken ct)
    {
        foreach (var aside in Aside(consumer.Queue))
            await Queue(channel, aside, [], ct);
        foreach (var source in consumer.Events)
        {
            await Exchange(channel, Wire.ExchangeOf(source), ct);
            await Bound(channel, consumer.Queue, source, ct);
        }
    }

    private static async Task Bound(IChannel channel, string queue, Type source, CancellationToken ct)
    {
        await Queue(channel, queue, Guard(queue), ct);
        await channel.ExchangeBindAsync(queue, Wire.ExchangeOf(source), "", cancellationToken: ct);
    }

    public static Task Exchange(IChannel channel, string name, CancellationToken ct) =>
        channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: ct);

    public static async Task Queue(
        IChannel channel,
        string name,
        IEnumerable<(string Name, object Value)> guard,
        CancellationToken ct
    )
    {
        var arguments = guard.ToDictionary(g => g.Name, g => (object?)g.Value);
        arguments["x-queue-type"] = "quorum";
        await Exchange(channel, name, ct);
        await channel.QueueDeclareAsync(
            name,
            durable: true,
            exclusive: false,
            autoDelete: false,
            arguments,
            cancellationToken: ct
        );
        await channel.QueueBindAsync(name, name, "", cancellationToken: ct);
    }
}
