using CustomerFeedback.Masking;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features.Marking;

/// <summary>A tag as it is kept: "ＶＩＰ" and "vip" are one.</summary>
internal static class TagName
{
    public const int Longest = 50;

    /// <summary>The tag in its one form; what is no tag is said to <paramref name="checks"/>.</summary>
    public static string Read(string text, string pointer, Checks checks)
    {
        var tag = Bigrams.Plain(text);
        checks.That(
            tag.Length is > 0 and <= Longest && tag.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':'),
            pointer,
            "invalid_tag",
            $"Letters, digits, '-', '_', '.' and ':', at most {Longest}."
        );
        // Tags outlive the person whose ticket they are on: nothing of theirs may be one.
        checks.That(
            MaskedText.Of(tag) == tag,
            pointer,
            "personal_data",
            "A tag names a matter: no telephone, identity or card number."
        );
        return tag;
    }
}
