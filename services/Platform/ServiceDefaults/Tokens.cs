using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using CustomerFeedback.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>Section <c>Auth</c>: whose tokens are believed.</summary>
internal sealed class AuthOptions
{
    /// <summary>The issuer (<c>iss</c>) whose tokens count.</summary>
    [Required]
    public string Issuer { get; set; } = "";

    /// <summary>The audience (<c>aud</c>) that tokens must be made for.</summary>
    [Required]
    public string Audience { get; set; } = "";

    /// <summary>The issuer's key set (JWKS): a file, read again when it changes, or an address, asked every five minutes.</summary>
    [Required]
    public string Jwks { get; set; } = "";
}

/// <summary>Judges tokens. The signature is looked at once: the same text is believed until it expires or the keys change.</summary>
internal sealed class Tokens(IOptions<AuthOptions> auth, SigningKeys keys)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<
        UInt128,
        (object JudgedBy, ClaimsPrincipal User, DateTimeOffset Until)
    > known = new();
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    private readonly TokenValidationParameters rules = new()
    {
        ValidIssuer = auth.Value.Issuer,
        ValidAudience = auth.Value.Audience,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        ValidTypes = ["at+jwt", "application/at+jwt", "JWT"],
        ClockSkew = Skew,
        NameClaimType = "sub",
        RoleClaimType = "roles",
    };

    public static void Add(IServiceCollection services)
    {
        services.AddSettings<AuthOptions>("Auth").AddSingleton<SigningKeys>().AddSingleton<Tokens>();
    }

    /// <summary>Whom a token that was judged before names; null says nothing.</summary>
    public ClaimsPrincipal? Known(ReadOnlySpan<char> token) =>
        keys.Fresh is { } set
        && known.TryGetValue(Hash(token), out var hit)
        && hit.JudgedBy == set
        && TimeProvider.System.GetUtcNow() <= hit.Until
            ? hit.User
            : null;

    /// <summary>Whom the token names, or null when it is not to be believed.</summary>
    public async Task<ClaimsPrincipal?> Judge(string token)
    {
        var set = keys.Fresh ?? await keys.Look();
        var judging = rules.Clone();
        // Only a key of our own set, named by its kid: what a token brings along (jku, jwk, x5c) is never looked at.
        judging.IssuerSigningKeyResolver = (_, _, kid, _) => set.TryGetValue(kid ?? "", out var key) ? [key] : [];
        var result = await handler.ValidateTokenAsync(token, judging);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            keys.Miss();
        if (!result.IsValid || result.ClaimsIdentity.FindFirst("sub") is not { Value.Length: > 0 })
            return null;
        if (known.Count >= Most)
            known.Clear();
        var user = new ClaimsPrincipal(result.ClaimsIdentity);
        known[Hash(token)] = (set, user, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero) + Skew);
        return user;
    }

    private static UInt128 Hash(ReadOnlySpan<char> token)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
