using System.Text.RegularExpressions;

namespace CustomerFeedback.Survey.Domain.Answers;

/// <summary>Words for readers who need no names: numbers as long as a telephone's and e-mail addresses are masked.</summary>
internal static partial class MaskedText
{
    public static string Of(string text) =>
        Mail().Replace(LongNumber().Replace(text, number => Mask(number.Value)), "${first}***@${domain}");

    private static string Mask(string number)
    {
        var digits = number.Count(char.IsAsciiDigit);
        var (shownFirst, shownLast) = digits >= 11 ? (3, 4) : (2, 2);
        var seen = 0;
        return string.Concat(
            number.Select(c =>
                !char.IsAsciiDigit(c) ? c
                : ++seen <= shownFirst || seen > digits - shownLast ? c
                : '*'
            )
        );
    }

    // 13800001234, +86 138-0000-1234, identity and card numbers; not dates, amounts or order numbers of a few digits.
    [GeneratedRegex(
        @"(?<![\w-])(?![0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9]))\+?[0-9](?:[ -]?[0-9]){6,18}(?![\w])",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex LongNumber();

    [GeneratedRegex(
        @"(?<first>[A-Za-z0-9])[A-Za-z0-9._%+-]*@(?<domain>[A-Za-z0-9.-]+\.[A-Za-z]{2,})",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Mail();
}
