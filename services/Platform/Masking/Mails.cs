using System.Text;

namespace CustomerFeedback.Masking;

/// <summary>E-mail addresses, also those with a domain or a name in other scripts: <c>z***@example.com</c>.</summary>
internal static class Mails
{
    private const int RoomAroundAt = 2;
    private const char FirstWide = '\u2E80';

    public static string Mask(string text)
    {
        var plain = Plain.Of(text);
        var masked = new StringBuilder(text.Length);
        var done = 0;
        for (var at = plain.IndexOf('@'); at >= 0; at = plain.IndexOf('@', at + 1))
        {
            var end = at;
            while (end > done && at - end < RoomAroundAt && IsRoom(plain[end - 1]))
                end--;
            var from = NameBefore(plain, end, done);
            if (from == end || !IsDomain(plain, at + 1, isWide: plain[end - 1] >= FirstWide))
                continue;
            masked.Append(text, done, from - done).Append(MaskedText.Short(text.AsSpan(from, end - from)));
            done = end;
        }
        return done == 0 ? text : masked.Append(text, done, text.Length - done).ToString();
    }

    // Chinese words stand before an address without a blank: a name is either all Latin or all of other letters.
    private static int NameBefore(string plain, int end, int start)
    {
        var from = end;
        while (
            from > start && IsNamed(plain[from - 1]) && (plain[from - 1] >= FirstWide) == (plain[end - 1] >= FirstWide)
        )
            from--;
        return from;
    }

    private static bool IsDomain(string plain, int start, bool isWide)
    {
        var at = start;
        while (at < plain.Length && at - start < RoomAroundAt && IsRoom(plain[at]))
            at++;
        var first = at;
        for (; at < plain.Length; at++)
        {
            // 。 is how a Chinese keyboard writes the dot; after "@经理" it ends a sentence.
            var isDot = plain[at] == '.' || (plain[at] == '。' && !isWide);
            if (isDot && at > first && at + 1 < plain.Length && char.IsLetterOrDigit(plain[at + 1]))
                return true;
            if (!isDot && !char.IsLetterOrDigit(plain[at]) && plain[at] is not ('-' or '*' or Plain.Nothing))
                return false;
        }
        return false;
    }

    private static bool IsRoom(char c) => c is ' ' or Plain.Nothing;

    private static bool IsNamed(char c) =>
        char.IsLetterOrDigit(c) || c == Plain.Nothing || "!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal);
}
