using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>What the store must know of an event, read from its JSON: also of one that this version has never heard of.</summary>
internal static class ReadEvent
{
    // In this order: a call names its response, a response its invitation, and everything names its customer.
    private static readonly string[] Subjects =
    [
        "ticketId",
        "requestId",
        "followUpId",
        "responseId",
        "invitationId",
        "deliveryId",
        "questionnaireId",
        "policyId",
        "calendarId",
        "customerId",
    ];

    private static readonly string[] Times = ["occurredAt", "recordedAt", "publishedAt", "upsertedAt"];

    public static EventRow From(Envelope envelope)
    {
        using var json = JsonDocument.Parse(envelope.Message);
        var message = json.RootElement;
        var number = Text(message, "number");
        var subject = Subjects.Select(name => Text(message, name)).FirstOrDefault(id => id is not null) ?? "";
        return new EventRow
        {
            Id = envelope.Id,
            Type = envelope.Type[(envelope.Type.LastIndexOf(':') + 1)..],
            Number = number,
            SubjectId = subject,
            Thread = number ?? Text(message, "invitationId") ?? subject,
            CustomerId = Customer(message),
            Version = message.TryGetProperty("version", out var version) ? version.GetInt32() : 0,
            OccurredAt =
                Times.Select(name => Time(message, name)).FirstOrDefault(at => at is not null) ?? Made(envelope.Id),
            Body = Encoding.UTF8.GetString(envelope.Message.Span),
        };
    }

    private static Guid? Customer(JsonElement message)
    {
        if (message.TryGetProperty("customer", out var customer) && customer.ValueKind is JsonValueKind.Object)
            message = customer;
        return Guid.TryParse(Text(message, "customerId"), out var id) ? id : null;
    }

    private static string? Text(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    private static DateTimeOffset? Time(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.TryGetDateTimeOffset(out var at)
            ? Instants.Truncate(at.ToUniversalTime())
            : null;

    /// <summary>An id of version 7 begins with the millisecond in which it was made: the same at every delivery.</summary>
    private static DateTimeOffset Made(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16));
    }
}
