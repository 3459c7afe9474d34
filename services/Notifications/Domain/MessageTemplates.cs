using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerFeedback.Notifications.Domain;

/// <summary>A message in one language, with <c>{places}</c> for what is said at the time.</summary>
internal sealed record MessageText(string Subject, string Text);

/// <summary>All messages and the names of things in them, per language: data, delivered with the service.</summary>
/// <param name="Messages">By template and language.</param>
/// <param name="Names">By word, as <c>first_contact</c>, and language.</param>
internal sealed partial record MessageTemplates(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, MessageText>> Messages,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Names
)
{
    /// <summary>Where a language is asked for that nothing is written in.</summary>
    public const string Fallback = "zh-CN";

    /// <summary>The asked language, else one of the same family, else ours.</summary>
    public string Language(string template, string? asked)
    {
        var known = Messages[template].Keys;
        var family = asked?.Split('-')[0];
        return known.FirstOrDefault(language => language.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? known.FirstOrDefault(language =>
                language.Split('-')[0].Equals(family, StringComparison.OrdinalIgnoreCase)
            )
            ?? Fallback;
    }

    /// <summary>The message with its places filled. A value that is an instant is told in the zone, one that is a known word by its name.</summary>
    public MessageText Render(
        string template,
        string language,
        IReadOnlyDictionary<string, string> values,
        TimeZoneInfo zone
    )
    {
        var text = Messages[template][language];
        return new(Fill(text.Subject), Fill(text.Text));

        string Fill(string pattern) =>
            Place()
                .Replace(
                    pattern,
                    place =>
                        values.TryGetValue(place.Groups["name"].Value, out var value)
                            ? Tell(value, language, zone)
                            : throw new InvalidOperationException($"{template} has no {place.Value}.")
                );
    }

    /// <summary>The places of a message, for those who check that they are filled.</summary>
    public static IEnumerable<string> Places(MessageText text) =>
        Place().Matches($"{text.Subject}\n{text.Text}").Select(place => place.Groups["name"].Value).Distinct();

    private string Tell(string value, string language, TimeZoneInfo zone)
    {
        if (Names.TryGetValue(value, out var names))
            return names.GetValueOrDefault(language) ?? value;
        return DateTimeOffset.TryParseExact(
            value,
            "O",
            CultureInfo.InvariantCulture,
            DateTimeStyles.RoundtripKind,
            out var instant
        )
            ? Moment(instant, zone)
            : value;
    }

    /// <summary><c>2026-11-21 17:15 (UTC+8)</c>: no month in front of a day, or behind it, to be mistaken.</summary>
    private static string Moment(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var offset = local.Offset;
        var minutes = offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}";
        var sign = offset < TimeSpan.Zero ? "-" : "+";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{local:yyyy-MM-dd HH:mm} (UTC{sign}{Math.Abs(offset.Hours)}{minutes})"
        );
    }

    [GeneratedRegex(@"\{(?<name>[a-zA-Z]+)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
