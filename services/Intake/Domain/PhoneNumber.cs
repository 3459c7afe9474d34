namespace CustomerFeedback.Intake.Domain;

/// <summary>A telephone number as people type it, in one canonical form: digits, with a leading + when it is foreign.</summary>
internal readonly record struct PhoneNumber
{
    private const int MobileLength = 11;

    private PhoneNumber(string canonical) => Canonical = canonical;

    public string Canonical { get; }

    /// <summary>Lenient: separators and an extension are fine; 5 to 20 digits must remain.</summary>
    public static bool TryParse(string? text, out PhoneNumber number)
    {
        number = default;
        if (text is null || text.Length > 40)
            return false;

        Span<char> digits = stackalloc char[40];
        var count = 0;
        var foreign = false;
        foreach (var raw in text.Trim())
        {
            var c = Narrow(raw);
            if (char.IsAsciiDigit(c))
                digits[count++] = c;
            else if (c == '+' && count == 0 && !foreign)
                foreign = true;
            else if (!IsSeparator(c))
                return false;
        }

        if (count is < 5 or > 20)
            return false;

        number = new(Canonicalise(digits[..count], foreign));
        return true;
    }

    public override string ToString() => Canonical;

    // +86, 0086 and a bare 86 before a mobile number are the same person's number.
    private static string Canonicalise(ReadOnlySpan<char> digits, bool foreign)
    {
        if (!foreign && digits.StartsWith("00"))
            return Canonicalise(digits[2..], foreign: true);
        if (digits.StartsWith("86") && IsMobile(digits[2..]))
            return digits[2..].ToString();
        if (foreign && digits.StartsWith("86") && digits.Length > 2)
            return $"0{digits[2..].TrimStart('0')}";
        return foreign ? $"+{digits}" : digits.ToString();
    }

    private static bool IsMobile(ReadOnlySpan<char> digits) =>
        digits.Length == MobileLength && digits[0] == '1' && digits[1] is >= '3' and <= '9';

    private static bool IsSeparator(char c) => c is ' ' or '-' or '(' or ')' or '.' or '/' or '#' or 'x' or 'X' or '转';

    // Full-width forms come from Chinese input methods.
    private static char Narrow(char c) =>
        c switch
        {
            >= '！' and <= '～' => (char)(c - 0xFEE0),
            '\u3000' or '\u00A0' or '\t' => ' ',
            '–' or '—' => '-',
            _ => c,
        };
}
