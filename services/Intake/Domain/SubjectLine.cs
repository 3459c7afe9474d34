using System.Buffers;
using System.Globalization;

namespace CustomerFeedback.Intake.Domain;

/// <summary>A subject for a request that came without one: the first words of what the customer said.</summary>
internal static class SubjectLine
{
    /// <summary>In characters as people count them; a subject is a line in a list.</summary>
    private const int Longest = 40;

    private static readonly SearchValues<char> Ends = SearchValues.Create("\n\r。！？!?；;");

    /// <summary>The first sentence, or as many whole words of it as fit.</summary>
    public static string Of(string what)
    {
        var text = what.Trim();
        var end = text.AsSpan().IndexOfAny(Ends);
        var sentence = end > 0 ? text[..end].TrimEnd() : text;
        var shown = new StringInfo(sentence);
        if (shown.LengthInTextElements <= Longest)
            return sentence;

        var cut = shown.SubstringByTextElements(0, Longest);
        // Between words where there are words; Chinese has none to cut through.
        var blank = cut.LastIndexOf(' ');
        return (blank > cut.Length / 2 ? cut[..blank] : cut).TrimEnd() + "…";
    }
}
