using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>ISO 8601 durations. In: weeks, days, hours, minutes, seconds (years and months have no length); out: <c>PT72H</c>, <c>PT15M</c>.</summary>
internal static partial class IsoDuration
{
    public static bool TryRead(string? text, out TimeSpan duration)
    {
        duration = default;
        var match = Form().Match(text ?? "");
        if (!match.Success)
            return false;

        // Decimal: exact for fractions of a second, and wide enough to see that a number is too large.
        var seconds =
            Part(match, "w") * 604_800
            + Part(match, "d") * 86_400
            + Part(match, "h") * 3_600
            + Part(match, "m") * 60
            + Part(match, "s");
        if (seconds > (decimal)TimeSpan.MaxValue.TotalSeconds - 1)
            return false;
        // Whole microseconds, as all our instants.
        duration = TimeSpan.FromTicks((long)(seconds * 1_000_000m) * TimeSpan.TicksPerMicrosecond);
        return true;
    }

    public static string Write(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
            return "PT0S";

        var text = new StringBuilder(duration < TimeSpan.Zero ? "-PT" : "PT");
        duration = duration.Duration();
        if ((long)duration.TotalHours is > 0 and var hours)
            text.Append(CultureInfo.InvariantCulture, $"{hours}H");
        if (duration.Minutes > 0)
            text.Append(CultureInfo.InvariantCulture, $"{duration.Minutes}M");
        var seconds = duration.Ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond;
        if (seconds > 0)
            text.Append(CultureInfo.InvariantCulture, $"{seconds:0.#######}S");
        return text.ToString();
    }

    private static decimal Part(Match match, string group) =>
        match.Groups[group] is { Success: true, Value: var digits }
            ? decimal.Parse(digits, CultureInfo.InvariantCulture)
            : 0;

    // At least one part, and after a T at least one of its own. Twelve digits are more than any calendar holds.
    [GeneratedRegex(
        @"^P(?=.)((?<w>[0-9]{1,12})W)?((?<d>[0-9]{1,12})D)?(T(?=.)((?<h>[0-9]{1,12})H)?((?<m>[0-9]{1,12})M)?((?<s>[0-9]{1,12}(\.[0-9]{1,7})?)S)?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Form();
}
