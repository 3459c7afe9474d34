namespace CustomerFeedback.Ticketing.Domain;

/// <summary>Text as the set of its neighbouring character pairs, so that a search finds Chinese, which has no spaces, as well as English.</summary>
/// <remarks>
/// A pair is one integer (first character in the upper half), a single ideograph one by itself: "漏发" is found by "漏", "发" and "漏发".
/// Pairs do not reach over blanks and punctuation. Finding all pairs of the words asked for is necessary, not sufficient: the text is compared afterwards.
/// </remarks>
internal static class Bigrams
{
    private const int Longest = 4000;

    public static int[] Of(string text)
    {
        var grams = new HashSet<int>();
        var previous = '\0';
        foreach (var c in Plain(text))
        {
            var letter = char.IsLetterOrDigit(c) || char.IsSurrogate(c);
            if (letter && previous != '\0')
                grams.Add(previous << 16 | c);
            if (letter && IsIdeograph(c))
                grams.Add(c);
            previous = letter ? c : '\0';
        }

        var sorted = grams.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>Full-width forms made plain ("Ａ１" is "a1"), lower case, cut where it is unreasonably long.</summary>
    public static string Plain(string text) =>
        string.Create(
            Math.Min(text.Length, Longest),
            text,
            static (plain, source) =>
            {
                for (var i = 0; i < plain.Length; i++)
                    plain[i] = char.ToLowerInvariant(Narrow(source[i]));
            }
        );

    // The host runs without ICU, so compatibility normalisation is done here for the one block that Chinese keyboards produce.
    private static char Narrow(char c) =>
        c switch
        {
            >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
            '\u3000' => ' ',
            _ => c,
        };

    private static bool IsIdeograph(char c) => c >= '\u2E80' && !char.IsSurrogate(c);
}
