using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>Section <c>Auth</c>: whose tokens are believed.</summary>
internal sealed class AuthOptions
{
    public string Issuer { get; set; } = "";
    public string Audience { get; set; } = "";
    public string Jwks { get; set; } = "";
}

/// <summary>There is no key to judge a token by: nobody gets in, and the answer is 503.</summary>
public sealed class KeysUnavailableException(Exception cause) : Exception("The signing keys cannot be read.", cause);

internal static class Tokens
{
    public static void AddTokens(this IServiceCollection services)
    {
        services
            .AddOptions<AuthOptions>()
            .BindConfiguration("Auth")
            .Validate(o => o.Issuer.Length > 0, "Auth:Issuer is missing.")
            .Validate(o => o.Audience.Length > 0, "Auth:Audience is missing.")
            .Validate(o => o.Jwks.Length > 0, "Auth:Jwks is missing: the path or address of the issuer's key set.")
            .ValidateOnStart();
        services.AddSingleton<SigningKeys>();
        // AddAuthentication would bring data protection and its key files along; bearer tokens need neither.
        services
            .AddWebEncoders()
            .AddAuthenticationCore(o =>
            {
                o.DefaultScheme = JwtBearerDefaults.AuthenticationScheme;
                o.AddScheme<JwtBearerHandler>(JwtBearerDefaults.AuthenticationScheme, displayName: null);
            })
            .AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<AuthOptions>, SigningKeys>(Believe);
    }

    private static void Believe(JwtBearerOptions jwt, IOptions<AuthOptions> auth, SigningKeys keys)
    {
        // Not the caller's fault: let it through as an outage.
        jwt.Events = new()
        {
            OnAuthenticationFailed = failed =>
                failed.Exception is KeysUnavailableException keyless ? throw keyless : Task.CompletedTask,
        };
        jwt.TokenHandlers.Clear();
        jwt.TokenHandlers.Add(new RememberingTokenHandler(keys) { MapInboundClaims = false });
        jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = auth.Value.Issuer,
            ValidAudience = auth.Value.Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
            ValidTypes = ["at+jwt", "application/at+jwt", "JWT"],
            ClockSkew = TimeSpan.FromSeconds(60),
            NameClaimType = "sub",
            RoleClaimType = "roles",
        };
    }
}

/// <summary>Validates a token's signature once: the same text is believed until it expires or the keys change.</summary>
internal sealed class RememberingTokenHandler(SigningKeys keys) : JsonWebTokenHandler
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<
        UInt128,
        (object JudgedBy, TokenValidationResult Result, DateTimeOffset Until)
    > known = new();

    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token,
        TokenValidationParameters validationParameters
    )
    {
        var set = await keys.Current();
        var hash = Hash(token);
        if (known.TryGetValue(hash, out var hit) && hit.JudgedBy == set && TimeProvider.System.GetUtcNow() <= hit.Until)
            return hit.Result;

        var judging = validationParameters.Clone();
        // Only a key of our own set, named by its kid: what a token brings along (jku, jwk, x5c) is never looked at.
        judging.IssuerSigningKeyResolver = (_, _, kid, _) => set.TryGetValue(kid ?? "", out var key) ? [key] : [];
        var result = await base.ValidateTokenAsync(token, judging);
        if (!result.IsValid)
            return result;
        if (result.ClaimsIdentity.FindFirst("sub") is not { Value.Length: > 0 })
            return new()
            {
                IsValid = false,
                Exception = new SecurityTokenValidationException("The token names no subject."),
            };
        if (known.Count >= Most)
            known.Clear();
        var until = new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero) + judging.ClockSkew;
        known[hash] = (set, result, until);
        return result;
    }

    private static UInt128 Hash(string token)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan()), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}

/// <summary>The issuer's keys by kid, from a file (read again when it changes) or an address (every five minutes). The last good set stays.</summary>
internal sealed class SigningKeys(IOptions<AuthOptions> options, ILogger<SigningKeys> log) : IDisposable
{
    private readonly HttpClient http = new()
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 1 << 20,
    };
    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile IReadOnlyDictionary<string, SecurityKey>? keys;
    private DateTime written;
    private long lookAgainAt;

    public ValueTask<IReadOnlyDictionary<string, SecurityKey>> Current() =>
        keys is { } current && Environment.TickCount64 < Volatile.Read(ref lookAgainAt) ? new(current) : new(Look());

    private async Task<IReadOnlyDictionary<string, SecurityKey>> Look()
    {
        // While someone looks, the last set is good enough for the others.
        if (!await reading.WaitAsync(keys is null ? Timeout.Infinite : 0))
            return keys!;
        try
        {
            if (keys is { } current && Environment.TickCount64 < lookAgainAt)
                return current;
            var isFile = !options.Value.Jwks.StartsWith("http", StringComparison.OrdinalIgnoreCase);
            lookAgainAt = Environment.TickCount64 + (isFile ? 2_000 : 300_000);
            var changed = isFile ? File.GetLastWriteTimeUtc(options.Value.Jwks) : DateTime.MaxValue;
            if (keys is null || !isFile || changed != written)
                keys = Parse(
                    isFile
                        ? await File.ReadAllTextAsync(options.Value.Jwks)
                        : await http.GetStringAsync(options.Value.Jwks)
                );
            written = changed;
            return keys;
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or HttpRequestException
                        or OperationCanceledException
                        or ArgumentException
            )
        {
            lookAgainAt = Environment.TickCount64 + 5_000;
            log.LogError(e, "The signing keys cannot be read");
            return keys ?? throw new KeysUnavailableException(e);
        }
        finally
        {
            reading.Release();
        }
    }

    private static Dictionary<string, SecurityKey> Parse(string text) =>
        new JsonWebKeySet(text)
            .Keys.Where(k => k.Kid is not null && k.Kty is "RSA" or "EC" && k.Use is null or "" or "sig")
            .GroupBy(k => k.Kid)
            .ToDictionary(g => g.Key, SecurityKey (g) => g.First());

    public void Dispose()
    {
        http.Dispose();
        reading.Dispose();
    }
}
