using CustomerFeedback.Messaging;
using RabbitMQ.Client;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>Looking at queues from outside, without the library under test.</summary>
internal static class Queues
{
    public static async Task<IChannel> Channel(Uri broker)
    {
        var factory = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false };
        var connection = await factory.CreateConnectionAsync();
        return await connection.CreateChannelAsync();
    }

    /// <summary>A queue of the test's own that gets every <typeparamref name="T"/>.</summary>
    public static async Task<string> Tap<T>(this IChannel channel, bool bind = true)
    {
        var exchange = Wire.ExchangeOf(typeof(T));
        var queue = $"tap-{Guid.CreateVersion7():n}";
        await Topology.Exchange(channel, exchange, CancellationToken.None);
        await Topology.Queue(channel, queue, [], CancellationToken.None);
        if (bind)
            await channel.QueueBindAsync(queue, exchange, "");
        return queue;
    }

    /// <summary>Everything in the queue, taken out.</summary>
    public static async Task<List<BasicGetResult>> Drain(this IChannel channel, string queue)
    {
        List<BasicGetResult> all = [];
        while (await channel.BasicGetAsync(queue, autoAck: true) is { } one)
            all.Add(one);
        return all;
    }
}
