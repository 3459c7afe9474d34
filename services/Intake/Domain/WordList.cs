using System.Buffers;

namespace CustomerFeedback.Intake.Domain;

/// <summary>
/// Words to find in a customer's text, whatever the case. Latin words match whole (<c>down</c> is not in
/// <c>download</c>) unless they end in <c>*</c>; Chinese has no blanks, so its words match anywhere.
/// </summary>
internal sealed class WordList
{
    private readonly Entry[] entries;
    private readonly SearchValues<string> quick;

    public WordList(IEnumerable<string> words)
    {
        entries = [.. words.Select(Entry.Of)];
        quick = SearchValues.Create([.. entries.Select(e => e.Text)], StringComparison.OrdinalIgnoreCase);
    }

    public bool AnyIn(string text)
    {
        // One vectorised pass tells most texts apart; word boundaries are looked at only after a hit.
        if (text.AsSpan().IndexOfAny(quick) < 0)
            return false;

        foreach (var entry in entries)
        {
            if (entry.IsIn(text))
                return true;
        }

        return false;
    }

    public bool AllIn(string text)
    {
        foreach (var entry in entries)
        {
            if (!entry.IsIn(text))
                return false;
        }

        return true;
    }

    private readonly record struct Entry(string Text, bool Prefix)
    {
        public static Entry Of(string word) => word.EndsWith('*') ? new(word[..^1], Prefix: true) : new(word, false);

        public bool IsIn(string text)
        {
            var start = text.IndexOf(Text, StringComparison.OrdinalIgnoreCase);
            while (start >= 0)
            {
                if (StandsAlone(text, start))
                    return true;
                start = text.IndexOf(Text, start + 1, StringComparison.OrdinalIgnoreCase);
            }

            return false;
        }

        private bool StandsAlone(string text, int start)
        {
            var end = start + Text.Length;
            var opens =
                !char.IsAsciiLetterOrDigit(Text[0]) || start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1]);
            var closes =
                Prefix
                || !char.IsAsciiLetterOrDigit(Text[^1])
                || end == text.Length
                || !char.IsAsciiLetterOrDigit(text[end]);
            return opens && closes;
        }
    }
}
