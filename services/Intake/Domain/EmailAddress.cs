namespace CustomerFeedback.Intake.Domain;

/// <summary>An e-mail address that looks like one; whether it works is found out by writing to it.</summary>
internal readonly record struct EmailAddress
{
    private EmailAddress(string text) => Text = text;

    /// <summary>As given, trimmed.</summary>
    public string Text { get; }

    /// <summary>What equality goes by: case does not tell two addresses apart in practice.</summary>
    public string Canonical => Text.ToLowerInvariant();

    public static bool TryParse(string? text, out EmailAddress address)
    {
        address = default;
        var trimmed = text?.Trim();
        if (trimmed is null || trimmed.Length is < 3 or > 254)
            return false;

        var at = trimmed.LastIndexOf('@');
        var plausible =
            at > 0
            && at < trimmed.Length - 1
            && trimmed.IndexOf('@') == at
            && trimmed[at + 1] != '.'
            && trimmed[^1] != '.'
            && !trimmed.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';');
        if (plausible)
            address = new(trimmed);
        return plausible;
    }

    public override string ToString() => Text;
}
