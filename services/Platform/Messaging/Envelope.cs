using System.Collections.Concurrent;
using System.Text.Json;

namespace CustomerFeedback.Messaging;

/// <summary>A message as it travels, its body unread.</summary>
/// <param name="Id">The same for every delivery of it.</param>
/// <param name="Type">As <c>CustomerFeedback.Contracts.Intake:RequestReceived</c>.</param>
/// <param name="Message">The event as UTF-8 JSON.</param>
public sealed record Envelope(Guid Id, string Type, ReadOnlyMemory<byte> Message)
{
    private const string Urn = "urn:message:";

    /// <summary>Null where the body is no envelope of ours.</summary>
    internal static Envelope? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var (id, type, message) = (Guid.Empty, "", ReadOnlyMemory<byte>.Empty);
            var json = new Utf8JsonReader(body.Span);
            json.Read();
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                var (isId, isType, isMessage) = (
                    json.ValueTextEquals("messageId"u8),
                    json.ValueTextEquals("messageType"u8),
                    json.ValueTextEquals("message"u8)
                );
                json.Read();
                var start = (int)json.TokenStartIndex;
                if (isId)
                    id = json.GetGuid();
                else if (isType && json.TokenType is JsonTokenType.StartArray)
                    type = JsonElement.ParseValue(ref json)[0].GetString()!;
                else
                    json.Skip();
                if (isMessage)
                    message = body[start..(int)json.BytesConsumed];
            }

            return id != Guid.Empty && type.StartsWith(Urn, StringComparison.Ordinal) && message.Length > 0
                ? new Envelope(id, type[Urn.Length..], message)
                : null;
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}

/// <summary>A slice that takes many kinds of events from one queue, in batches, as they travel.</summary>
public interface IEnvelopeConsumer
{
    /// <summary>
    /// Keeps the batch in one transaction of its own and says how many of it were new: deliveries repeat, within a batch too. They are acknowledged when this
    /// returns. It throws: all of them come again; one that fails on its own too is parked.
    /// </summary>
    Task<int> Consume(IReadOnlyList<Envelope> batch, CancellationToken ct);
}

/// <summary>How many messages wait in the queues of envelope consumers; looked at every second.</summary>
public sealed class Backlog(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Queue> _waiting = new();

    /// <param name="Since">From when on there was always something; null while nothing waits.</param>
    private sealed record Queue(long Count, DateTimeOffset? Since);

    /// <summary>Null while nobody knows: before the first look, or without the broker.</summary>
    public long? Of(string queue) => _waiting.TryGetValue(queue, out var known) ? known.Count : null;

    /// <summary>From which look on there was always something waiting; null while there is not, or nobody knows.</summary>
    public DateTimeOffset? Since(string queue) => _waiting.TryGetValue(queue, out var known) ? known.Since : null;

    internal void Note(string queue, long? count)
    {
        if (count is { } known)
            _waiting[queue] = new Queue(known, known == 0 ? null : Since(queue) ?? time.GetUtcNow());
        else
            _waiting.TryRemove(queue, out _);
    }
}
