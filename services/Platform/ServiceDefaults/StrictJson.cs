using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>JSON as API.md wants it: nothing unknown, doubled or of another type comes in; enums, instants and durations have one form out.</summary>
public static class StrictJson
{
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 16;
        options.Converters.Add(new TextConverter());
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new DurationConverter());
        options.Converters.Add(new WordConverterFactory());
    }

    internal static FieldError Explain(JsonException e)
    {
        var pointer = Pointer(e.Path);
        return e switch
        {
            MalformedValueException value => new(pointer, value.Code, value.Message),
            { Path: null or "$" } when e.InnerException is JsonException inner && inner.Path != e.Path => Explain(
                inner
            ),
            _ when e.Message.Contains("could not be mapped", StringComparison.Ordinal) => new(
                pointer,
                "unknown_member",
                "This member is not known here."
            ),
            _ when e.Message.Contains("uplicate", StringComparison.Ordinal) => new(
                pointer,
                "duplicate_member",
                "This member is given twice."
            ),
            _ when e.Message.Contains("could not be converted", StringComparison.Ordinal) => new(
                pointer,
                "wrong_type",
                "The value has another type than the API describes."
            ),
            _ when e.Message.Contains("missing required", StringComparison.Ordinal) => new(
                pointer,
                "required",
                "A required member is missing."
            ),
            _ => new(pointer, "invalid_json", "The body is not valid JSON."),
        };
    }

    // "$.customer['a/b'][0].name" -> "/customer/a~1b/0/name"
    private static string Pointer(string? path)
    {
        var pointer = new System.Text.StringBuilder();
        for (var i = 1; i < path?.Length; )
        {
            var quoted = path.AsSpan(i).StartsWith("['", StringComparison.Ordinal);
            var start = i + (quoted ? 2 : 1);
            var end =
                quoted ? path.IndexOf("']", start, StringComparison.Ordinal)
                : path[i] == '[' ? path.IndexOf(']', start)
                : path.AsSpan(start).IndexOfAny('.', '[') is var n and >= 0 ? start + n
                : path.Length;
            end = end < 0 ? path.Length : end;
            pointer.Append('/').Append(path[start..end].Replace("~", "~0").Replace("/", "~1"));
            i =
                end
                + (
                    quoted ? 2
                    : path[i] == '[' ? 1
                    : 0
                );
        }
        return pointer.ToString();
    }
}

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

/// <summary>Instants as text; kept at microseconds, as PostgreSQL keeps them.</summary>
public static class Instants
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static DateTimeOffset Truncate(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        var parsed = DateTimeOffset.TryParseExact(
            text?.ToUpperInvariant(),
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var exact
        );
        instant = parsed ? Truncate(exact) : default;
        return parsed;
    }
}

/// <summary>Durations as ISO 8601 text.</summary>
public static class Durations
{
    /// <summary>PT72H, PT1H30M, PT0.5S, PT0S: never days, so that nobody asks how long a day is.</summary>
    public static string Format(TimeSpan duration)
    {
        var (hours, rest) = Math.DivRem(Math.Abs(duration.Ticks), TimeSpan.TicksPerHour);
        var (minutes, ticks) = Math.DivRem(rest, TimeSpan.TicksPerMinute);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{(duration.Ticks < 0 ? "-" : "")}PT{(hours > 0 ? $"{hours}H" : "")}{(minutes > 0 ? $"{minutes}M" : "")}"
        );
        return ticks > 0 || rest + hours == 0
            ? text
                + ((decimal)ticks / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture)
                + "S"
            : text;
    }

    /// <summary>Years and months have no fixed length and are refused.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var date = text?.Split('T')[0];
        if (date is null || date.AsSpan().IndexOfAny('Y', 'M') >= 0)
            return false;
        try
        {
            duration = XmlConvert.ToTimeSpan(text!);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }
}

/// <summary>Enums as lower snake words, in bodies and in query parameters.</summary>
public static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    public static bool TryParse<T>(string? word, out T value)
        where T : struct, Enum => Known<T>.Values.TryGetValue(word ?? "", out value);

    internal static class Known<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<string, T> Values = Enum.GetValues<T>()
            .ToDictionary(Of, StringComparer.Ordinal);
        public static readonly Dictionary<T, JsonEncodedText> Names = Values.ToDictionary(
            p => p.Value,
            p => JsonEncodedText.Encode(p.Key)
        );
    }
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
