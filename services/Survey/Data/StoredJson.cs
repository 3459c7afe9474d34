using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Survey.Data;

/// <summary>Documents in columns: the API's forms, without what is not there.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("A stored document is null.");

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions();
        StrictJson.Apply(options);
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip; // a newer replica may have written more
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
