using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>Section <c>Links</c>: the keys that customers' links are signed with; old ones stay readable.</summary>
public sealed class LinkOptions
{
    public string CurrentKey { get; set; } = "";
    public IDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>Unguessable links that are derived, not stored: whoever holds the key can make and check them without a look-up.</summary>
public sealed class LinkTokens(IOptions<LinkOptions> options)
{
    private const int IdBytes = 16;
    private const int GenerationBytes = 2;
    private const int MacBytes = 32;
    private readonly string current = options.Value.CurrentKey;
    private readonly Dictionary<string, byte[]> keys = options.Value.Keys.ToDictionary(
        k => k.Key,
        k => Convert.FromBase64String(k.Value)
    );

    public string Sign(string purpose, Guid id, int generation = 1)
    {
        var kid = Encoding.ASCII.GetBytes(current);
        Span<byte> token = stackalloc byte[1 + kid.Length + IdBytes + GenerationBytes + MacBytes];
        token[0] = (byte)kid.Length;
        kid.CopyTo(token[1..]);
        var signed = token[(1 + kid.Length)..^MacBytes];
        id.TryWriteBytes(signed, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(signed[IdBytes..], checked((ushort)generation));
        Mac(keys[current], purpose, signed, token[^MacBytes..]);
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
        if (!keys.TryGetValue(Encoding.ASCII.GetString(bytes.Slice(1, bytes[0])), out var key))
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
}

public static class LinkTokensOfHost
{
    /// <summary>Adds <see cref="LinkTokens"/>; a host without usable keys does not start.</summary>
    public static void AddLinkTokens(this IHostApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<LinkOptions>()
            .BindConfiguration("Links")
            .Validate(o => o.Keys.ContainsKey(o.CurrentKey), "Links:CurrentKey must name one of Links:Keys.")
            .Validate(
                o => o.Keys.Keys.All(k => k.Length is > 0 and < 64 && Ascii.IsValid(k)),
                "Links:Keys: a key's name is short and ASCII."
            )
            .Validate(o => o.Keys.Values.All(IsLongEnough), "Links:Keys: each key is base64 of at least 32 bytes.")
            .ValidateOnStart();
        builder.Services.AddSingleton<LinkTokens>();
    }

    private static bool IsLongEnough(string key) =>
        Convert.TryFromBase64String(key, new byte[key.Length], out var length) && length >= 32;
}
