using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace CustomerFeedback.Messaging;

/// <summary>Enums as lower snake strings; a value that this reader does not know becomes the enum's <c>Unknown</c> member.</summary>
internal sealed class WireEnumConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private readonly Dictionary<string, T> _byWord = Enum.GetValues<T>().Distinct().ToDictionary(Word, v => v);
        private readonly Dictionary<T, string> _words = Enum.GetValues<T>().Distinct().ToDictionary(v => v, Word);
        private readonly T? _unknown = Enum.TryParse<T>("Unknown", out var unknown) ? unknown : null;

        private static string Word(T value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var word = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
            return _byWord.TryGetValue(word, out var value)
                ? value
                : _unknown ?? throw new JsonException($"'{word}' is not a {typeof(T).Name}.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(_words[value]);

        public override T ReadAsPropertyName(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        )
        {
            var word = reader.GetString()!;
            return _byWord.TryGetValue(word, out var value)
                ? value
                : _unknown ?? throw new JsonException($"'{word}' is not a {typeof(T).Name}.");
        }

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(_words[value]);
    }
}

/// <summary>Durations as ISO 8601 in hours, minutes and seconds: <c>PT72H</c>, <c>PT15M</c>, <c>PT0.5S</c>.</summary>
internal sealed class WireDurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return XmlConvert.ToTimeSpan(reader.GetString() ?? throw new JsonException("A duration is a string."));
        }
        catch (FormatException e)
        {
            throw new JsonException("Not an ISO 8601 duration.", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value));

    internal static string Text(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
            return "PT0S";

        var ticks = Int128.Abs(value.Ticks);
        var hours = ticks / TimeSpan.TicksPerHour;
        var minutes = ticks / TimeSpan.TicksPerMinute % 60;
        var seconds = (decimal)(ticks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(value < TimeSpan.Zero ? "-" : "")}PT{(hours > 0 ? $"{hours}H" : "")}{(minutes > 0 ? $"{minutes}M" : "")}{(seconds > 0 ? $"{seconds:0.#######}S" : "")}"
        );
    }
}

/// <summary>Instants in UTC with a <c>Z</c>; any offset is understood.</summary>
internal sealed class WireInstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
        );
}
