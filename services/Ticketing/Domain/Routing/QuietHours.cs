using System.Globalization;
using NodaTime;

namespace CustomerFeedback.Ticketing.Domain.Routing;

/// <summary>When somebody is not to be told what can wait, on the wall clock of a zone; from 22:00 to 07:00 runs overnight. No clock stops for it.</summary>
/// <param name="From">As <c>22:00</c>.</param>
internal sealed record QuietHours(string Zone, string From, string To)
{
    public bool IsWellFormed =>
        Zone is not null
        && DateTimeZoneProviders.Tzdb.Ids.Contains(Zone)
        && TryRead(From, out var from)
        && TryRead(To, out var to)
        && from != to;

    /// <summary>When they end, where that instant lies in them; null where it does not.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at)
    {
        if (!TryRead(From, out var from) || !TryRead(To, out var to))
            return null;
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        var local = Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime;
        var time = local.TimeOfDay;
        var quiet = from < to ? from <= time && time < to : from <= time || time < to;
        if (!quiet)
            return null;
        var date = time < to ? local.Date : local.Date.PlusDays(1);
        // A time that the clocks skip is the one right after the gap.
        return zone.AtLeniently(date + to).ToInstant().ToDateTimeOffset();
    }

    private static bool TryRead(string? text, out LocalTime time)
    {
        var read = TimeOnly.TryParseExact(
            text,
            "HH:mm",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var parsed
        );
        time = LocalTime.FromTimeOnly(parsed);
        return read;
    }
}
