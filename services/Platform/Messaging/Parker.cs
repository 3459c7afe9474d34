using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CustomerFeedback.Messaging;

/// <summary>Drains what this service's consumers gave up (<c>_error</c>) or did not understand (<c>_skipped</c>) into a table: stored, then acknowledged.</summary>
internal sealed class Parker(MessagingSetup setup, ILogger<Parker> log) : BackgroundService
{
    // A neighbour in a failed batch may have been handled on its own: then there is nothing to park.
    private const string InsertSql =
        "INSERT INTO messaging.parked_messages (id, queue, dedupe_key, message_id, type, reason, content_type, headers, body) "
        + "SELECT @id, @queue, @key, @message, @type, @reason, @content, @headers, @body "
        + "WHERE NOT EXISTS (SELECT FROM messaging.inbox WHERE message_id = @handled AND consumer = @queue) "
        + "ON CONFLICT (queue, dedupe_key) DO UPDATE SET last_seen = now(), replayed_at = NULL, reason = excluded.reason, "
        + "headers = excluded.headers, body = excluded.body, content_type = excluded.content_type";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (setup.Consumers.Count == 0)
            return;

        await Broker.Keep(
            setup,
            "parker",
            log,
            (connection, goesWell) => Drain(connection, goesWell, stoppingToken),
            stoppingToken
        );
    }

    private async Task Drain(IConnection connection, Action goesWell, CancellationToken ct)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stop = ct.UnsafeRegister(_ => over.TrySetCanceled(ct), null);
        var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        channel.ChannelShutdownAsync += (_, e) =>
        {
            over.TrySetException(new IOException(e.ReplyText, e.Exception));
            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, 50, global: false, ct);
        foreach (var queue in setup.Consumers.Select(c => c.Queue))
        {
            foreach (var aside in Topology.Aside(queue))
            {
                await Topology.Queue(channel, aside, [], ct);
                var consumer = new AsyncEventingBasicConsumer(channel);
                consumer.ReceivedAsync += async (_, delivery) =>
                {
                    try
                    {
                        await Park(queue, delivery, ct);
                        await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, ct);
                        goesWell();
                    }
                    catch (Exception e)
                    {
                        over.TrySetException(e); // not acknowledged: it comes again with the next connection
                    }
                };
                await channel.BasicConsumeAsync(aside, autoAck: false, consumer, ct);
            }
        }

        await over.Task;
    }

    private async Task Park(string queue, BasicDeliverEventArgs delivery, CancellationToken ct)
    {
        var properties = delivery.BasicProperties;
        var headers = Texts(properties.Headers);
        var reason = ReasonOf(
            headers,
            delivery.Exchange.EndsWith("_skipped", StringComparison.Ordinal),
            properties.Headers
        );
        var body = delivery.Body.ToArray();
        await using var connection = new NpgsqlConnection(setup.Database);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(InsertSql, connection);
        var values = command.Parameters;
        values.AddWithValue("id", Guid.CreateVersion7());
        values.AddWithValue("queue", queue);
        values.AddWithValue("key", properties.MessageId ?? Convert.ToHexStringLower(SHA256.HashData(body)));
        values.AddWithValue("message", NpgsqlDbType.Text, (object?)properties.MessageId ?? DBNull.Value);
        values.AddWithValue("type", NpgsqlDbType.Text, (object?)TypeOf(body) ?? DBNull.Value);
        values.AddWithValue("reason", reason);
        values.AddWithValue("content", NpgsqlDbType.Text, (object?)properties.ContentType ?? DBNull.Value);
        values.AddWithValue("headers", NpgsqlDbType.Jsonb, JsonSerializer.Serialize(headers));
        values.AddWithValue("body", body);
        values.AddWithValue("handled", Guid.TryParse(properties.MessageId, out var id) ? id : Guid.Empty);
        if (await command.ExecuteNonQueryAsync(ct) == 0)
            return;

        Metrics.Parked.Add(1, new KeyValuePair<string, object?>("queue", queue));
        log.Parked(queue, properties.MessageId, reason);
    }

    private static string ReasonOf(Dictionary<string, string> headers, bool skipped, IDictionary<string, object?>? raw)
    {
        if (headers.TryGetValue("MT-Fault-Message", out var message))
            return headers.TryGetValue("MT-Fault-ExceptionType", out var type) ? $"{type}: {message}" : message;
        if (skipped)
            return "No consumer of this queue understands the message.";
        return raw?.ContainsKey("x-death") == true ? "Delivered too often without an answer." : "Unknown.";
    }

    /// <summary>The last URN of the envelope; null where the body is no envelope.</summary>
    private static string? TypeOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("messageType", out var types)
                && types.ValueKind == JsonValueKind.Array
                && types.GetArrayLength() > 0
                && types[0].ValueKind == JsonValueKind.String
                ? types[0].GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Texts(IDictionary<string, object?>? headers) =>
        headers is null
            ? []
            : headers
                .Where(h => h.Value is byte[] or string or bool or int or long)
                .ToDictionary(h => h.Key, h => h.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{h.Value}");
}
