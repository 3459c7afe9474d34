using System.Buffers;
using System.Text.Json;

namespace CustomerFeedback.Messaging;

/// <summary>Names and envelope of a message as MassTransit reads them; namespace and name of a contract are wire format.</summary>
internal static class Wire
{
    public const string ContentType = "application/vnd.masstransit+json";

    public static string ExchangeOf(Type type) => $"{type.Namespace}:{type.Name}";

    public static byte[] Envelope(Guid id, object message) =>
        Envelope(
            id,
            ExchangeOf(message.GetType()),
            json => JsonSerializer.Serialize(json, message, message.GetType(), MessagingJson.Options)
        );

    public static byte[] Envelope(Guid id, string exchange, Action<Utf8JsonWriter> message)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = MessagingJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("messageId"u8, id);
        json.WriteStartArray("messageType"u8);
        json.WriteStringValue($"urn:message:{exchange}");
        json.WriteEndArray();
        json.WritePropertyName("message"u8);
        message(json);
        json.WriteString("sentTime"u8, TimeProvider.System.GetUtcNow().UtcDateTime);
        json.WriteStartObject("headers"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary><c>OpenTicketOnRequestReceived</c> in Ticketing takes from <c>ticketing-open-ticket-on-request-received</c>.</summary>
    public static string QueueOf(string service, Type consumer) =>
        $"{service}-{JsonNamingPolicy.KebabCaseLower.ConvertName(consumer.Name)}";
}
