using System.Text.RegularExpressions;

namespace CustomerFeedback.Masking;

/// <summary>Long numbers that name nobody: our own, dates, times, amounts, shares.</summary>
internal static partial class Kept
{
    private const string Day = "(?:0?[1-9]|[12][0-9]|3[01])";
    private const string Month = "(?:0?[1-9]|1[0-2])";
    private const string Year = "(?:19|20)[0-9]{2}";
    private const string Date =
        $"(?:{Year}-{Month}(?:-{Day})?|{Year}/{Month}(?:/{Day})?|{Year}[.]{Month}(?:[.]{Day})?|{Day}/{Day}/{Year})";

    /// <summary>The plain text with a letter in place of each digit that is to stay.</summary>
    public static string Hide(string plain) =>
        Shapes()
            .Replace(
                plain,
                kept => string.Create(kept.Length, kept.Value, static (hidden, value) => Letters(value, hidden))
            );

    private static void Letters(string value, Span<char> hidden)
    {
        for (var at = 0; at < value.Length; at++)
            hidden[at] = char.IsAsciiDigit(value[at]) ? 'k' : value[at];
    }

    // A shape is kept only where no digit touches it, be it over a sign: 139-2026-11-21 is no date. What is so refused may be
    // kept once its neighbour is masked, never the other way round: so masking twice changes nothing.
    // All repetitions are bounded, so that the time is linear.
    [GeneratedRegex(
        $$"""
            (?<![A-Za-z0-9]) [Rr][0-9]{2}-[0-9]{7,19}(?![0-9]) (?:-[0-9]{1,3}(?![0-9])){0,9}
            | (?<![0-9][-./]?) {{Date}} (?:\ ?[-~～至到]\ ?(?:{{Date}}|{{Month}}[-/.]{{Day}}))? (?![0-9]|[-/.][0-9]{3})
            | (?<![0-9][-./ )]?) {{Year}}\ ?[-~/]\ ?{{Year}} (?![0-9]|[-/.\ ][0-9])
            | (?<![0-9]|[0-9][-/]) {{Month}}/{{Day}} (?![0-9]|[-/][0-9]{3}|/)
            | (?<![0-9]|[0-9]:) (?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])? (?![0-9]|:[0-9])
            | (?<![0-9]|[0-9][.,]) [1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?:[.][0-9]{1,2})? (?![0-9]|[.,][0-9])
            | (?<![0-9]|[0-9][.,]) (?:0|[1-9][0-9]{0,6})[.][0-9]{1,2} (?![0-9]|[.,][0-9])
            | [¥$€£]\ ? [1-9][0-9]{0,8}(?:[.][0-9]{1,2})? (?![0-9]|[.,][0-9])
            | (?<![0-9]|[0-9][-.,]) [1-9][0-9]{0,8}(?:[.][0-9]{1,2})?\ ?(?:元(?!旦)|块|万|亿|RMB|CNY|USD|yuan)
            | (?<![0-9]|[0-9][.,]) [0-9]{1,3}[.][0-9]{1,10}\ ?[%‰]
            """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Shapes();
}
