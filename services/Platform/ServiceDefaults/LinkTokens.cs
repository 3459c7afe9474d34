using System.Buffers.Binary;
using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using CustomerFeedback.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>Section <c>Links</c>: the keys that customers' links are signed with; old ones stay readable.</summary>
public sealed class LinkOptions : IValidatableObject
{
    /// <summary>The id of the key that new links are signed with.</summary>
    [Required]
    public string CurrentKey { get; set; } = "";

    /// <summary>A key of customers' links by its id, base64 of at least 32 bytes; an old one stays as long as its links are to work.</summary>
    [Secret]
    [Required]
    public IDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Keys.Count == 0 && CurrentKey.Length == 0)
            yield return new("missing.", [nameof(Keys)]);
        else if (CurrentKey.Length > 0 && !Keys.ContainsKey(CurrentKey))
            yield return new("missing: Links:CurrentKey names it.", [$"{nameof(Keys)}:{CurrentKey}"]);
        foreach (var (id, key) in Keys)
        {
            if (id.Length is 0 or >= 64 || !Ascii.IsValid(id))
                yield return new("the id of a key is short and ASCII.", [$"{nameof(Keys)}:{id}"]);
            if (!Convert.TryFromBase64String(key, new byte[key.Length], out var length) || length < 32)
                yield return new("not base64 of at least 32 bytes.", [$"{nameof(Keys)}:{id}"]);
        }
    }
}

/// <summary>Unguessable links that are derived, not stored: whoever holds the key can make and check them without a look-up.</summary>
public sealed class LinkTokens(IOptions<LinkOptions> options)
{
    private const int IdBytes = 16;
    private const int GenerationBytes = 2;
    private const int MacBytes = 32;
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

    public string Sign(string purpose, Guid id, int generation = 1)
    {
        var keys = Keys;
        var kid = Encoding.ASCII.GetBytes(keys.Of.CurrentKey);
        Span<byte> token = stackalloc byte[1 + kid.Length + IdBytes + GenerationBytes + MacBytes];
        token[0] = (byte)kid.Length;
        kid.CopyTo(token[1..]);
        var signed = token[(1 + kid.Length)..^MacBytes];
        id.TryWriteBytes(signed, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(signed[IdBytes..], checked((ushort)generation));
        Mac(keys.ById[keys.Of.CurrentKey], purpose, signed, token[^MacBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>True for a token of this purpose that was signed with a key we hold; what it names need not exist (yet).</summary>
    public bool TryRead(string purpose, string token, out Guid id, out int generation)
    {
        (id, generation) = (Guid.Empty, 0);
        if (token.Length > 512 || !Base64Url.IsValid(token))
            return false;
        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(token);
        if (bytes.IsEmpty || bytes.Length != 1 + bytes[0] + IdBytes + GenerationBytes + MacBytes)
            return false;
        // Spare bits of the last character would give a link a second spelling.
        if (!string.Equals(Base64Url.EncodeToString(bytes), token, StringComparison.Ordinal))
            return false;
        if (!Keys.ById.TryGetValue(Encoding.ASCII.GetString(bytes.Slice(1, bytes[0])), out var key))
            return false;
        var signed = bytes[(1 + bytes[0])..^MacBytes];
        Span<byte> mac = stackalloc byte[MacBytes];
        Mac(key, purpose, signed, mac);
        id = new Guid(signed[..IdBytes], bigEndian: true);
        generation = BinaryPrimitives.ReadUInt16BigEndian(signed[IdBytes..]);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[^MacBytes..]);
    }

    private static void Mac(byte[] key, string purpose, ReadOnlySpan<byte> signed, Span<byte> mac) =>
        HMACSHA256.HashData(key, [.. Encoding.UTF8.GetBytes(purpose), 0, .. signed], mac);

    private sealed record Ring(LinkOptions Of)
    {
        public Dictionary<string, byte[]> ById { get; } =
            Of.Keys.ToDictionary(key => key.Key, key => Convert.FromBase64String(key.Value));
    }
}

public static class LinkTokensOfHost
{
    /// <summary>Adds <see cref="LinkTokens"/>; a host without usable keys does not start, and a running one takes new keys.</summary>
    public static void AddLinkTokens(this IHostApplicationBuilder builder) =>
        builder.Services.AddSettings<LinkOptions>("Links", isRenewed: true).AddSingleton<LinkTokens>();
}
