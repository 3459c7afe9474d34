using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>A value that no converter accepts; the serializer adds the path.</summary>
internal sealed class MalformedValueException(string code, string message) : JsonException(message)
{
    public string Code => code;
}

/// <summary>Text that is one, and that PostgreSQL can store: no half of a surrogate pair, no NUL.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? Text(ref reader)
            : throw new MalformedValueException("wrong_type", "A text is wanted here.");

    /// <summary>The string or the name at which the reader stands.</summary>
    internal static string Text(ref Utf8JsonReader reader)
    {
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new MalformedValueException("invalid_text", "The text holds half of a surrogate pair.");
        }
        return !text.Contains('\0')
            ? text
            : throw new MalformedValueException("invalid_text", "The text holds a NUL character.");
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    public override string ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => Text(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}

/// <summary>JSON of any form, whose texts and names are as <see cref="TextConverter"/> wants them: whoever reads them later cannot fail.</summary>
internal sealed class ElementConverter : JsonConverter<JsonElement>
{
    private static readonly JsonConverter<JsonElement> Plain =
        (JsonConverter<JsonElement>)JsonSerializerOptions.Default.GetConverter(typeof(JsonElement));

    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var end = reader;
        end.TrySkip(); // a body that is still being read is no final block, and Skip wants one; the serializer has read the value
        var texts = reader;
        do
        {
            if (texts.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                TextConverter.Text(ref texts);
        } while (texts.BytesConsumed < end.BytesConsumed && texts.Read());
        return Plain.Read(ref reader, typeToConvert, options);
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
        value.WriteTo(writer);
}

/// <summary>Instants: RFC 3339 with any offset in, UTC with microseconds out.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && Instants.TryParse(reader.GetString(), out var instant)
            ? instant
            : throw new MalformedValueException(
                "invalid_instant",
                "An instant with its offset is wanted: 2026-11-21T09:00:00+08:00."
            );

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Instants.Format(value));
}

/// <summary>Durations: ISO 8601 in (days and shorter), hours, minutes and seconds out.</summary>
public sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && Durations.TryParse(reader.GetString(), out var duration)
            ? duration
            : throw new MalformedValueException("invalid_duration", "A duration is wanted: PT72H, PT15M, P2D.");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Durations.Format(value));
}

internal sealed class WordConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(typeToConvert))!;
}

internal sealed class WordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && Words.TryParse<T>(reader.GetString(), out var value)
            ? value
            : throw Unknown();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words.Known<T>.Names[value]);

    public override T ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => Words.TryParse<T>(reader.GetString(), out var value) ? value : throw Unknown();

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Words.Known<T>.Names[value]);

    private static MalformedValueException Unknown() =>
        new("unknown_value", $"One of these is wanted: {string.Join(", ", Words.All<T>())}.");
}
