namespace CustomerFeedback.Masking;

/// <summary>
/// Free words for readers who are to learn no names and addresses: what may be a telephone, identity, card or order number, an
/// e-mail address, or an account of a messenger shows only its ends. Dates, times, amounts and our own numbers stay.
/// Masking twice is masking once, the time is linear in the text, and no text becomes longer.
/// </summary>
public static class MaskedText
{
    public static string Of(string text)
    {
        // What one mask leaves may look like an account or a number to the next look. Each look hides more, so there is a last one.
        while (true)
        {
            var masked = Numbers.Mask(Mails.Mask(Accounts.Mask(text)));
            if (masked == text)
                return text;
            text = masked;
        }
    }

    /// <summary>The first character and at most three stars, so that the stars do not tell the length.</summary>
    internal static string Short(ReadOnlySpan<char> name)
    {
        var shown = name.Length > 1 && char.IsSurrogatePair(name[0], name[1]) ? 2 : 1;
        return name.Length == shown ? "*" : $"{name[..shown]}{new string('*', Math.Min(3, name.Length - shown))}";
    }
}
