using RabbitMQ.Client;

namespace CustomerFeedback.Benchmarks;

/// <summary>The baseline of publishing: RabbitMQ.Client, one quorum queue, persistent 600-byte messages, a confirm window of 100.</summary>
internal sealed class RawBroker(Uri broker)
{
    private const int Window = 100;

    /// <returns>Confirmed messages per second.</returns>
    public async Task<double> Run(int messages)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(
                publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: true,
                outstandingPublisherConfirmationsRateLimiter: null // the client's own slows down long before its window is full
            )
        );
        const string queue = "raw-broker";
        await channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }
        );
        var body = new byte[600];
        var properties = new BasicProperties { Persistent = true };
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var pending = new Queue<Task>(Window);
        for (var i = 0; i < messages; i++)
        {
            if (pending.Count == Window)
                await pending.Dequeue();
            pending.Enqueue(channel.BasicPublishAsync("", queue, mandatory: true, properties, body).AsTask());
        }

        await Task.WhenAll(pending);
        var rate = messages / clock.Elapsed.TotalSeconds;
        await channel.QueueDeleteAsync(queue);
        return rate;
    }
}
