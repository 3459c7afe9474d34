using System.Collections.Concurrent;
using CustomerFeedback.Contracts;
using CustomerFeedback.Faults.Evidence;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CustomerFeedback.Faults.Injuries;

/// <summary>
/// Leads every event round: the exchanges are bound to a queue of the rig instead of the consumers' queues, and the rig brings each event
/// to each of its consumers' queues itself, as often as wanted and each time after a delay of its own. Nothing is acknowledged before all
/// of its deliveries are made.
/// </summary>
internal sealed class Detour : IAsyncDisposable
{
    private const string Queue = "faults-detour";
    private static readonly Dictionary<string, string[]> QueuesOf = EventTable.Rows.ToDictionary(
        row => $"{row.Event.Namespace}:{row.Event.Name}",
        row => row.Queues
    );

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly Traces _traces;
    private readonly int _copies;
    private readonly TimeSpan _atMost;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<string, ulong> _furthest = new(StringComparer.Ordinal);
    private int _under;

    private Detour(IConnection connection, IChannel channel, Traces traces, int copies, TimeSpan atMost) =>
        (_connection, _channel, _traces, _copies, _atMost) = (connection, channel, traces, copies, atMost);

    /// <summary>For as long as the stream runs.</summary>
    public static async Task Through(Scene scene, int copies, TimeSpan atMost)
    {
        var factory = new ConnectionFactory { Uri = LocalSystem.Broker };
        var connection = await factory.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        await using var detour = new Detour(connection, channel, scene.Traces, copies, atMost);
        await detour.Open();
        await scene.Over;
        await detour.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        _turn.Dispose();
    }

    private async Task Open()
    {
        await _channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);
        await _channel.BasicQosAsync(0, 20_000, global: false);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (sender, e) =>
        {
            Interlocked.Increment(ref _under);
            var body = e.Body.ToArray(); // the client takes its buffer back
            _ = Bring(e, body);
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
        foreach (var (exchange, queues) in QueuesOf)
        {
            // First the new way, then the old one goes: at no moment is there none.
            await _channel.QueueBindAsync(Queue, exchange, "");
            foreach (var queue in queues)
                await _channel.ExchangeUnbindAsync(queue, exchange, "");
        }
    }

    private async Task Close()
    {
        foreach (var (exchange, queues) in QueuesOf)
        {
            foreach (var queue in queues)
                await _channel.ExchangeBindAsync(queue, exchange, "");
            await _channel.QueueUnbindAsync(Queue, exchange, "");
        }

        while (Volatile.Read(ref _under) > 0 || await _channel.MessageCountAsync(Queue) > 0)
            await Task.Delay(50);
        await _channel.QueueDeleteAsync(Queue);
    }

    private async Task Bring(BasicDeliverEventArgs e, byte[] body)
    {
        var deliveries =
            from queue in QueuesOf[e.Exchange]
            from copy in Enumerable.Range(0, _copies)
            select Deliver(queue, copy > 0, e, body);
        await Task.WhenAll(deliveries);
        await InTurn(() => _channel.BasicAckAsync(e.DeliveryTag, multiple: false));
        Interlocked.Decrement(ref _under);
    }

    private async Task Deliver(string queue, bool again, BasicDeliverEventArgs e, byte[] body)
    {
        await Task.Delay(_atMost * Random.Shared.NextDouble());
        await InTurn(async () =>
        {
            var properties = new BasicProperties(e.BasicProperties);
            await _channel.BasicPublishAsync("", queue, mandatory: false, properties, body);
            // The detour's queue is in the order of publishing.
            if (_furthest.GetValueOrDefault(queue) > e.DeliveryTag)
                _traces.Overtook();
            else
                _furthest[queue] = e.DeliveryTag;
        });
        if (again)
            _traces.Copied();
    }

    private async Task InTurn(Func<ValueTask> work)
    {
        await _turn.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            _turn.Release();
        }
    }
}
