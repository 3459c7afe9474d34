using Npgsql;
using NpgsqlTypes;
using RabbitMQ.Client;

namespace CustomerFeedback.Benchmarks;

/// <summary>A queue like the services' own, for events that only the benchmarks store.</summary>
internal sealed class Mailbox : IAsyncDisposable
{
    public const string Queue = "CustomerFeedback.Benchmarks:Copy";

    /// <summary>Named as the queue is.</summary>
    private const string Exchange = Queue;

    private readonly IConnection connection;

    private Mailbox(IConnection connection, IChannel channel) => (this.connection, Channel) = (connection, channel);

    public IChannel Channel { get; }

    public static async Task<Mailbox> Open(MeasuredSystem system, CancellationToken ct)
    {
        var opened = await new ConnectionFactory { Uri = system.Broker }.CreateConnectionAsync(ct);
        var channel = await opened.CreateChannelAsync(cancellationToken: ct);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true, cancellationToken: ct);
        await channel.QueueDeclareAsync(
            Queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: ct
        );
        await channel.QueueBindAsync(Queue, Exchange, "", cancellationToken: ct);
        return new(opened, channel);
    }

    /// <summary>Stores that many 600-byte events in the outbox and calls the relay, in one commit.</summary>
    public static async Task Store(NpgsqlConnection outbox, int rows, CancellationToken ct, byte[]? body = null)
    {
        await using var insert = new NpgsqlBatch(outbox);
        insert.BatchCommands.Add(
            new(
                """
                INSERT INTO messaging.outbox (id, type, body, headers)
                SELECT gen_random_uuid(), $1, $2, '{}' FROM generate_series(1, $3)
                """
            )
            {
                Parameters =
                {
                    new() { Value = Exchange },
                    new() { Value = body ?? new byte[600], NpgsqlDbType = NpgsqlDbType.Bytea },
                    new() { Value = rows },
                },
            }
        );
        insert.BatchCommands.Add(new("NOTIFY messaging_outbox"));
        await insert.ExecuteNonQueryAsync(ct);
    }

    public Task Empty(CancellationToken ct) => Channel.QueuePurgeAsync(Queue, ct);

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
