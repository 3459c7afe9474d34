using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>A value that no converter accepts; the serializer adds the path.</summary>
internal sealed class MalformedValueException(string code, string message) : JsonException(message)
{
    public string Code => code;
}

/// <summary>Text without NUL, which PostgreSQL cannot store.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
            throw new MalformedValueException("wrong_type", "A text is wanted here.");
        var text = reader.GetString();
        return text is null || !text.Contains('\0')
            ? text
            : throw new MalformedValueException("invalid_text", "The text holds a NUL character.");
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    public override string ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        reader.GetString() is { } name && !name.Contains('\0')
            ? name
            : throw new MalformedValueException("invalid_text", "The name holds a NUL character.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
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
