using System.Globalization;

namespace CustomerFeedback.Masking;

/// <summary>A text with the same places in which every way to write a digit, a letter's full width or a sign is the plain one.</summary>
internal static class Plain
{
    /// <summary>Stands for what takes no room between two characters: marks, joiners, halves of pairs.</summary>
    public const char Nothing = '\u200B';

    private const string Numerals = "零一二三四五六七八九";

    public static string Of(string text) =>
        string.Create(
            text.Length,
            text,
            static (plain, text) =>
            {
                for (var at = 0; at < text.Length; at++)
                    plain[at] = text[at] < '\u0080' ? text[at] : Of(text, at);
                Spelled(plain);
            }
        );

    private static char Of(string text, int at)
    {
        if (at > 0 && char.IsSurrogatePair(text[at - 1], text[at]))
            return Nothing;
        if (CharUnicodeInfo.GetDigitValue(text, at) is >= 0 and var digit)
            return (char)('0' + digit);
        return text[at] switch
        {
            >= '\uFF01' and <= '\uFF5E' and var wide => (char)(wide - 0xFEE0),
            '\uFE6B' => '@',
            '￥' => '¥',
            '．' or '｡' => '.',
            var c => CharUnicodeInfo.GetUnicodeCategory(text, at) switch
            {
                UnicodeCategory.SpaceSeparator => ' ',
                UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => '\n',
                UnicodeCategory.DashPunctuation => '-',
                UnicodeCategory.Format
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Control => Nothing,
                _ => c == '\u2212' ? '-' : c,
            },
        };
    }

    // 一三九一二三四: numerals count as digits where three stand together; 一直 and 五一 are words.
    private static void Spelled(Span<char> plain)
    {
        var first = 0;
        for (var at = 0; at <= plain.Length; at++)
        {
            if (at < plain.Length && Numeral(plain[at]) >= 0)
                continue;
            for (var i = first; at - first >= 3 && i < at; i++)
                plain[i] = (char)('0' + Numeral(plain[i]));
            first = at + 1;
        }
    }

    private static int Numeral(char c) =>
        c switch
        {
            '〇' => 0,
            '幺' => 1,
            _ => Numerals.IndexOf(c, StringComparison.Ordinal),
        };
}
