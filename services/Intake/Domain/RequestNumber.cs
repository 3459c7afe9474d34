using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace CustomerFeedback.Intake.Domain;

/// <summary>The short number people use: <c>R26-0000123</c>, also the ticket's number.</summary>
internal static partial class RequestNumber
{
    private const int Longest = 100;

    /// <summary>The year is that of the intake zone at the instant of recording; the sequence never restarts.</summary>
    public static string Format(long sequence, DateTimeOffset recordedAt, DateTimeZone zone)
    {
        var year = Instant.FromDateTimeOffset(recordedAt).InZone(zone).Year % 100;
        return string.Create(CultureInfo.InvariantCulture, $"R{year:00}-{sequence:0000000}");
    }

    /// <summary>Whether a path segment can be a request's number at all; a part of a ticket adds its own: <c>R26-0000123-2</c>.</summary>
    public static bool IsWellFormed(string text) => text.Length <= Longest && Form().IsMatch(text);

    [GeneratedRegex(@"\AR[0-9]{2}-[0-9]{7,19}(?:-[0-9]{1,3})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
