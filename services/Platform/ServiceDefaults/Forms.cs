using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace CustomerFeedback.ServiceDefaults;

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
            Shortened(text?.ToUpperInvariant()),
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var exact
        );
        instant = parsed ? Truncate(exact) : default;
        return parsed;
    }

    // Clocks of nanoseconds print nine digits; the format knows seven, and six are kept.
    private static string? Shortened(string? text)
    {
        var fraction = text?.IndexOf('.') + 1 ?? 0;
        var digits = fraction > 0 ? text.AsSpan(fraction).IndexOfAnyExceptInRange('0', '9') : 0;
        return digits > 7 ? text!.Remove(fraction + 7, digits - 7) : text;
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
