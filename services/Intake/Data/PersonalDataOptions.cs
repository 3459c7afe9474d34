using System.ComponentModel.DataAnnotations;
using CustomerFeedback.Settings;

namespace CustomerFeedback.Intake.Data;

/// <summary>The keys of personal data; the section <c>Pii</c> of the configuration.</summary>
internal sealed class PersonalDataOptions : IValidatableObject
{
    /// <summary>The id of the key that new values are encrypted with.</summary>
    [Required]
    public string CurrentKey { get; init; } = "";

    /// <summary>A key of personal data by its id, 32 bytes in base64; an old one stays until nothing is encrypted with it.</summary>
    [Secret]
    [Required]
    public Dictionary<string, string> Keys { get; init; } = [];

    /// <summary>The key of the blind index, 32 bytes in base64; another than those of <see cref="Keys"/>, and never changed.</summary>
    [Secret]
    [Required]
    public string IndexKey { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Keys.Count == 0 && CurrentKey.Length == 0)
            yield return new("missing.", [nameof(Keys)]);
        else if (CurrentKey.Length > 0 && !Keys.ContainsKey(CurrentKey))
            yield return new("missing: Pii:CurrentKey names it.", [$"{nameof(Keys)}:{CurrentKey}"]);
        foreach (var (id, key) in Keys)
        {
            if (!IsKey(key))
                yield return new("not 32 bytes in base64.", [$"{nameof(Keys)}:{id}"]);
            if (key == IndexKey)
                yield return new($"the same key as Pii:Keys:{id}.", [nameof(IndexKey)]);
            if (id.Length is 0 or > 32 || !id.All(char.IsAscii))
                yield return new("the id of a key has 1 to 32 ASCII characters.", [$"{nameof(Keys)}:{id}"]);
        }

        if (IndexKey.Length > 0 && !IsKey(IndexKey))
            yield return new("not 32 bytes in base64.", [nameof(IndexKey)]);
    }

    private static bool IsKey(string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == 32;
    }
}
