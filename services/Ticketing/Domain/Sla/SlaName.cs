using System.Text.RegularExpressions;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>The ids of policies and calendars: one rule, because policies name calendars.</summary>
internal static partial class SlaName
{
    /// <summary>What is wrong with it; null where nothing is.</summary>
    public static PolicyProblem? Problem(string pointer, string? name) =>
        string.IsNullOrEmpty(name) ? new(pointer, "required", "A name is required.")
        : Form().IsMatch(name) ? null
        : new(
            pointer,
            "malformed_name",
            "A name has up to 64 letters of a to z, digits, dots, hyphens or underscores, and starts with a letter or digit."
        );

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
