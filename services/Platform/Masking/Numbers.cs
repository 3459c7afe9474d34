using System.Text;
using System.Text.RegularExpressions;

namespace CustomerFeedback.Masking;

/// <summary>
/// Numbers as long as a telephone's, however their digits are parted: seven digits and more show their first two and last two, eleven and more
/// their first three and last four. Whose number it is (telephone, identity, card, order, parcel) cannot be told from the
/// digits, so all are masked; their ends still tell two of them apart.
/// </summary>
internal static partial class Numbers
{
    private const int Shortest = 7;
    private const int WidestGap = 5;
    private const int IdentityDigits = 17;

    /// <summary>What stands between two digits.</summary>
    private enum Gap
    {
        Nothing,
        Clause,
        Words,
        Mask,
    }

    /// <summary>Digits that belong together, by their places.</summary>
    private sealed record Run(List<int> Digits, Gap Before)
    {
        public Gap After { get; set; } = Gap.Words;
        public bool IsLong => Digits.Count >= Shortest;
        public bool IsWhole => !IsLong && Before != Gap.Mask && After != Gap.Mask;
    }

    public static string Mask(string text)
    {
        var plain = Kept.Hide(Plain.Of(text));
        var runs = RunsOf(plain);
        var hidden = new bool[text.Length];
        foreach (var run in runs.Where(run => run.IsLong))
            Hide(hidden, run.Digits);
        foreach (var digits in Broken(runs).Where(digits => Telephone().IsMatch(Told(plain, digits))))
            Hide(hidden, digits);
        return Array.IndexOf(hidden, true) < 0 ? text : Written(text, hidden);
    }

    private static List<Run> RunsOf(string plain)
    {
        List<Run> runs = [];
        for (var (at, last) = (0, -1); at < plain.Length; at++)
        {
            if (!char.IsAsciiDigit(plain[at]))
                continue;
            var gap = last < 0 ? GapIn(plain, 0, at, isFirst: true) : GapIn(plain, last + 1, at);
            if (gap == Gap.Nothing && last >= 0)
                runs[^1].Digits.Add(at);
            else
            {
                if (runs.Count > 0)
                    runs[^1].After = gap;
                runs.Add(new([at], gap));
            }
            last = at;
        }
        if (runs.Count > 0)
            runs[^1].After = GapIn(plain, runs[^1].Digits[^1] + 1, plain.Length, isFirst: true);
        foreach (var run in runs)
            TakeCheckLetter(plain, run);
        return runs;
    }

    private static Gap GapIn(string plain, int from, int to, bool isFirst = false)
    {
        var (width, stars, isClause, isWords) = (0, 0, false, isFirst);
        for (var at = from; at < to; at++)
        {
            var c = plain[at];
            if (c == Plain.Nothing)
                continue;
            width++;
            stars += c == '*' ? 1 : 0;
            isClause |= ",，、;；。！？!?\r\n".Contains(c, StringComparison.Ordinal);
            isWords |= char.IsLetterOrDigit(c) || char.IsNumber(c) || "%‰$¥€£".Contains(c, StringComparison.Ordinal);
        }
        // Three stars are what a mask leaves at least: its ends are no numbers of their own.
        return stars >= 3 ? Gap.Mask
            : isWords || width > WidestGap ? Gap.Words
            : isClause ? Gap.Clause
            : Gap.Nothing;
    }

    // 11010519900307123X: the last place of an identity number may be a letter.
    private static void TakeCheckLetter(string plain, Run run)
    {
        var at = run.Digits[^1] + 1;
        while (at < plain.Length && plain[at] is ' ' or '-' or Plain.Nothing)
            at++;
        if (
            run.Digits.Count == IdentityDigits
            && at < plain.Length
            && plain[at] is 'X' or 'x'
            && (at + 1 == plain.Length || !char.IsAsciiLetterOrDigit(plain[at + 1]))
        )
            run.Digits.Add(at);
    }

    // "1999，1599" are two prices, "139，1234，8888" is a telephone: what commas part is one number only where it has a telephone's form.
    private static IEnumerable<List<int>> Broken(List<Run> runs)
    {
        List<int> digits = [];
        foreach (var run in runs)
        {
            if (!run.IsWhole || run.Before != Gap.Clause)
            {
                yield return digits;
                digits = [];
            }
            if (run.IsWhole)
                digits.AddRange(run.Digits);
        }
        yield return digits;
    }

    private static string Told(string plain, List<int> digits) => string.Concat(digits.Select(at => plain[at]));

    private static void Hide(bool[] hidden, List<int> digits)
    {
        var (first, last) = digits.Count >= 11 ? (3, 4) : (2, 2);
        foreach (var at in digits[first..^last])
            hidden[at] = true;
    }

    private static string Written(string text, bool[] hidden)
    {
        var written = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            // Some digits take two places: 𝟏.
            if (at > 0 && hidden[at - 1] && char.IsSurrogatePair(text[at - 1], text[at]))
                continue;
            written.Append(hidden[at] ? '*' : text[at]);
        }
        return written.ToString();
    }

    [GeneratedRegex(@"\A(?:(?:86)?1[3-9][0-9]{9}|0[0-9]{9,11})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Telephone();
}
