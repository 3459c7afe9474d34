using System.Globalization;
using System.Text.Json;
using RabbitMQ.Client;

namespace CustomerFeedback.Messaging;

/// <summary>A stored row as the broker wants it.</summary>
internal readonly record struct Outgoing(
    CachedString Exchange,
    CachedString RoutingKey,
    bool Mandatory,
    BasicProperties Properties
);

/// <summary>Turns stored rows into messages, and makes sure once per connection that their exchanges exist.</summary>
internal sealed class PublishPlan(MessagingSetup setup)
{
    private const string MessageIdProperty = ":message-id";
    private const string ContentTypeProperty = ":content-type";

    private static readonly CachedString Nowhere = new("");

    private readonly Dictionary<string, (CachedString Exchange, string CloudType, bool Mandatory)> _known = [];
    private readonly Dictionary<string, bool> _consumed = setup.Events.ToDictionary(
        e => Wire.ExchangeOf(e.Event),
        e => e.HasConsumers
    );

    public async ValueTask<Outgoing> For(Claimed row, IChannel channel, CancellationToken ct)
    {
        if (row.Queue is { } queue)
            return new Outgoing(Nowhere, new CachedString(queue), Mandatory: true, Replayed(row));

        if (!_known.TryGetValue(row.Type, out var to))
        {
            // An exchange that is missing (a new broker, say) would cost the whole channel.
            await Topology.Exchange(channel, row.Type, ct);
            // A type that is not in the table is a slip of ours: better kept and complained about than sent to nobody.
            to = (new CachedString(row.Type), CloudType(row.Type), _consumed.GetValueOrDefault(row.Type, true));
            _known.Add(row.Type, to);
        }

        return new Outgoing(to.Exchange, Nowhere, to.Mandatory, Properties(row, to.CloudType));
    }

    /// <summary>The id on the wire: the row's own, or for a replayed message the one it had at first.</summary>
    public static string MessageId(Claimed row) =>
        row.Queue is not null && Headers(row).TryGetValue(MessageIdProperty, out var first) ? first : row.Id.ToString();

    /// <summary>The stored headers of a message that goes back to its queue as it was.</summary>
    public static string HeadersOfReplay(
        IReadOnlyDictionary<string, string> headers,
        string? messageId,
        string? contentType
    )
    {
        var stored = new Dictionary<string, string>(headers);
        if (messageId is not null)
            stored[MessageIdProperty] = messageId;
        if (contentType is not null)
            stored[ContentTypeProperty] = contentType;
        return JsonSerializer.Serialize(stored);
    }

    private BasicProperties Properties(Claimed row, string cloudType)
    {
        var id = row.Id.ToString();
        var headers = new Dictionary<string, object?>(9)
        {
            ["cloudEvents:specversion"] = "1.0",
            ["cloudEvents:id"] = id,
            ["cloudEvents:source"] = setup.Service,
            ["cloudEvents:type"] = cloudType,
            ["cloudEvents:time"] = row.CreatedAt.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'",
                CultureInfo.InvariantCulture
            ),
        };
        if (row.Subject is not null)
            headers["cloudEvents:subject"] = row.Subject;
        foreach (var (name, value) in Headers(row))
        {
            headers[name] = value;
            if (name == "traceparent")
                headers["MT-Activity-Id"] = value; // the name under which MassTransit continues a trace
        }

        return new BasicProperties
        {
            MessageId = id,
            ContentType = Wire.ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = headers,
        };
    }

    private static BasicProperties Replayed(Claimed row)
    {
        var headers = Headers(row);
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        if (headers.Remove(MessageIdProperty, out var id))
            properties.MessageId = id;
        if (headers.Remove(ContentTypeProperty, out var contentType))
            properties.ContentType = contentType;
        properties.Headers = headers.ToDictionary(h => h.Key, h => (object?)h.Value);
        return properties;
    }

    private static Dictionary<string, string> Headers(Claimed row) =>
        row.Headers.Length <= 2 ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(row.Headers)!;

    /// <summary><c>CustomerFeedback.Contracts.Intake:RequestReceived</c> is <c>customerfeedback.intake.request_received.v1</c> to the world.</summary>
    private static string CloudType(string exchange)
    {
        var parts = exchange.Split(':');
        var area = parts[0].Split('.')[^1].ToLowerInvariant();
        return $"customerfeedback.{area}.{JsonNamingPolicy.SnakeCaseLower.ConvertName(parts[^1])}.v1";
    }
}
