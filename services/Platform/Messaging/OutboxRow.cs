using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Messaging;

/// <summary>A message that waits to be sent: stored with the state it speaks of, removed when the broker has confirmed it.</summary>
public sealed class OutboxRow
{
    /// <summary>The message id: the same for every attempt to send it, so that a receiver can tell a repetition.</summary>
    public required Guid Id { get; init; }

    /// <summary>The event's exchange, as <c>CustomerFeedback.Contracts.Intake:RequestReceived</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The whole envelope, byte for byte as it will be sent.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Transport headers as a JSON object of strings; names that start with a colon are AMQP properties.</summary>
    public required string Headers { get; init; }

    /// <summary>The key of what the event is about.</summary>
    public string? Subject { get; init; }

    /// <summary>Set only on a replayed message: the one queue that it goes to.</summary>
    public string? Queue { get; init; }

    internal DateTimeOffset CreatedAt { get; init; }
    internal DateTimeOffset LockedUntil { get; init; }
    internal Guid? LeaseOwner { get; init; }
    internal int LeaseEpoch { get; init; }

    /// <summary>
    /// Stores many rows in one statement, for hot paths that write their own SQL in the transaction of the effect: five arrays of equal
    /// length, <c>$1 uuid[]</c> Id, <c>$2 text[]</c> Type, <c>$3 bytea[]</c> Body, <c>$4 text[]</c> Headers, <c>$5 text[]</c> Subject.
    /// Call <see cref="RelaySignal.Wake"/> after the commit.
    /// </summary>
    public const string InsertSql =
        "INSERT INTO messaging.outbox (id, type, body, headers, subject) "
        + "SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[], $5::text[])";

    /// <summary>The row that announces <paramref name="message"/>; continues the current trace.</summary>
    public static OutboxRow For<T>(T message, string? subject = null)
        where T : class
    {
        var id = Guid.CreateVersion7();
        return new OutboxRow
        {
            Id = id,
            Type = Wire.ExchangeOf(message.GetType()),
            Body = Wire.Envelope(id, message),
            Headers = Activity.Current?.Id is { } parent
                ? JsonSerializer.Serialize(new Dictionary<string, string> { ["traceparent"] = parent })
                : "{}",
            Subject = subject,
        };
    }

    /// <summary>An event that was announced before, for the one queue that may have missed it: it keeps its id, so whoever has handled it will know.</summary>
    /// <param name="message">The event as JSON.</param>
    public static OutboxRow Again(Type type, Guid id, string message, string queue) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Type = Wire.ExchangeOf(type),
            Body = Wire.Envelope(id, Wire.ExchangeOf(type), json => json.WriteRawValue(message)),
            Headers = PublishPlan.HeadersOfReplay(new Dictionary<string, string>(), id.ToString(), Wire.ContentType),
            Queue = queue,
        };
}

/// <summary>The door through which events leave a service.</summary>
public static class Outbox
{
    /// <summary>Announces <paramref name="message"/> with the changes that <paramref name="db"/> saves next: both are stored, or neither.</summary>
    /// <param name="subject">The key of what the event is about, as the ticket's id.</param>
    public static void Publish<T>(this DbContext db, T message, string? subject = null)
        where T : class => db.Set<OutboxRow>().Add(OutboxRow.For(message, subject));
}
