using System.Text.Json;
using CustomerFeedback.Contracts;
using CustomerFeedback.Messaging;

namespace CustomerFeedback.Analytics.Data;

/// <summary>A stored event, read as its contract.</summary>
internal sealed record Told(object Message, int Version, DateTimeOffset OccurredAt)
{
    private static readonly Dictionary<string, Type> Contracts = EventTable.Rows.ToDictionary(
        row => row.Event.Name,
        row => row.Event,
        StringComparer.Ordinal
    );

    /// <summary>Null for an event that this version does not know.</summary>
    public static Told? From(string type, int version, DateTimeOffset occurredAt, string body) =>
        Contracts.TryGetValue(type, out var contract)
            ? new(JsonSerializer.Deserialize(body, contract, MessagingJson.Options)!, version, occurredAt)
            : null;
}
