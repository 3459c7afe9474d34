using System.ComponentModel.DataAnnotations;

namespace CustomerFeedback.Intake.Data;

/// <summary>The keys of personal data; the section <c>Pii</c> of the configuration.</summary>
internal sealed class PersonalDataOptions : IValidatableObject
{
    /// <summary>The id of the key that new values are encrypted with.</summary>
    [Required]
    public string CurrentKey { get; init; } = "";

    /// <summary>Keys by id, 32 bytes in base64; an old one stays until nothing is encrypted with it.</summary>
    public Dictionary<string, string> Keys { get; init; } = [];

    /// <summary>The key of the blind index, 32 bytes in base64; another than those of <see cref="Keys"/>.</summary>
    [Required]
    public string IndexKey { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Keys.ContainsKey(CurrentKey))
            yield return new($"Pii:Keys:{CurrentKey} is missing: it is named by Pii:CurrentKey.");
        foreach (var (id, key) in Keys)
        {
            if (!IsKey(key))
                yield return new($"Pii:Keys:{id} is not 32 bytes in base64.");
            if (key == IndexKey)
                yield return new($"Pii:IndexKey and Pii:Keys:{id} are the same key.");
            if (id.Length is 0 or > 32 || !id.All(char.IsAscii))
                yield return new($"Pii:Keys:{id}: a key id has 1 to 32 ASCII characters.");
        }

        if (!IsKey(IndexKey))
            yield return new("Pii:IndexKey is not 32 bytes in base64.");
    }

    private static bool IsKey(string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == 32;
    }
}
