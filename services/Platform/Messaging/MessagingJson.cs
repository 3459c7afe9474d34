using System.Text.Encodings.Web;
using System.Text.Json;

namespace CustomerFeedback.Messaging;

/// <summary>The one way messages are written and read, by the outbox and by the consumers alike.</summary>
public static class MessagingJson
{
    /// <summary>camelCase, snake_case enums, ISO 8601 durations, UTC instants; members and enum values of a later version do no harm.</summary>
    public static JsonSerializerOptions Options { get; } = Sealed(Configure(new JsonSerializerOptions()));

    internal static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null; // keys of a dictionary are data, not names of ours
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        // Messages travel as UTF-8 between our own hosts, never inside a page: no reason to escape Chinese six bytes a letter.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Insert(0, new WireEnumConverter());
        options.Converters.Insert(0, new WireDurationConverter());
        options.Converters.Insert(0, new WireInstantConverter());
        return options;
    }

    private static JsonSerializerOptions Sealed(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
