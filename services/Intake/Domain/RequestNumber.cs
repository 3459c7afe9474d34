using System.Globalization;
using NodaTime;

namespace CustomerFeedback.Intake.Domain;

/// <summary>The short number people use: <c>R26-0000123</c>, also the ticket's number.</summary>
internal static class RequestNumber
{
    /// <summary>The year is that of the intake zone at the instant of recording; the sequence never restarts.</summary>
    public static string Format(long sequence, DateTimeOffset recordedAt, DateTimeZone zone)
    {
        var year = Instant.FromDateTimeOffset(recordedAt).InZone(zone).Year % 100;
        return string.Create(CultureInfo.InvariantCulture, $"R{year:00}-{sequence:0000000}");
    }

    /// <summary>Whether a path segment can be a request's number at all.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length is >= 11 and <= 23
        && text[0] == 'R'
        && text[3] == '-'
        && char.IsAsciiDigit(text[1])
        && char.IsAsciiDigit(text[2])
        && !text.AsSpan(4).ContainsAnyExceptInRange('0', '9');
}
