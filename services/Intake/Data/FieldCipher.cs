using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Intake.Data;

/// <summary>
/// Encrypts one field of one row with AES-256-GCM. Table, column and row id are authenticated with it, so that a value
/// copied to another place does not open there. Layout: key id length, key id, nonce (12), tag (16), text.
/// </summary>
internal sealed class FieldCipher(IOptions<PersonalDataOptions> options)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private volatile Ring known = new(options.Value);

    /// <summary>The keys of now: the options are others when their section has changed.</summary>
    private Ring Keys
    {
        get
        {
            if (!ReferenceEquals(known.Of, options.Value))
                known = new(options.Value);
            return known;
        }
    }

    public byte[]? Seal(string? text, string column, Guid row)
    {
        if (text is null)
            return null;

        var keys = Keys;
        var keyId = Encoding.ASCII.GetBytes(keys.Of.CurrentKey);
        var plain = Encoding.UTF8.GetBytes(text);
        var header = 1 + keyId.Length;
        var sealedText = new byte[header + NonceSize + TagSize + plain.Length];
        sealedText[0] = (byte)keyId.Length;
        keyId.CopyTo(sealedText.AsSpan(1));
        var nonce = sealedText.AsSpan(header, NonceSize);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(keys.ById[keys.Of.CurrentKey], TagSize);
        aes.Encrypt(
            nonce,
            plain,
            sealedText.AsSpan(header + NonceSize + TagSize),
            sealedText.AsSpan(header + NonceSize, TagSize),
            Place(column, row)
        );
        return sealedText;
    }

    /// <summary>The text that was sealed in this place.</summary>
    /// <exception cref="CryptographicException">The value was altered or moved, or its key is gone.</exception>
    public string? Open(byte[]? sealedText, string column, Guid row)
    {
        if (sealedText is null)
            return null;

        var header = 1 + sealedText[0];
        var id = Encoding.ASCII.GetString(sealedText, 1, sealedText[0]);
        if (!Keys.ById.TryGetValue(id, out var key))
            throw new CryptographicException($"The key {id} of {column} is not configured.");

        var plain = new byte[sealedText.Length - header - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(
            sealedText.AsSpan(header, NonceSize),
            sealedText.AsSpan(header + NonceSize + TagSize),
            sealedText.AsSpan(header + NonceSize, TagSize),
            plain,
            Place(column, row)
        );
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] Place(string column, Guid row) => Encoding.UTF8.GetBytes($"customers|{column}|{row:D}");

    private sealed record Ring(PersonalDataOptions Of)
    {
        public Dictionary<string, byte[]> ById { get; } =
            Of.Keys.ToDictionary(key => key.Key, key => Convert.FromBase64String(key.Value));
    }
}
