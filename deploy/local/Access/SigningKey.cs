using System.Security.Cryptography;
using System.Text.Json;
using CustomerFeedback.Local.Machine;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerFeedback.Local.Access;

/// <summary>Who a token speaks for.</summary>
internal sealed record Bearer(
    string Subject,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Teams,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Departments
);

/// <summary>The key that stands in for an identity provider's: its public half is a JWKS file, which the services are configured with.</summary>
internal sealed class SigningKey : IDisposable
{
    public const string Issuer = "https://identity.customerfeedback.localhost";
    public const string Audience = "customerfeedback";
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly RSA _rsa;
    private readonly RsaSecurityKey _key;

    private SigningKey(RSA rsa)
    {
        _rsa = rsa;
        _key = new RsaSecurityKey(rsa);
        _key.KeyId = Base64UrlEncoder.Encode(_key.ComputeJwkThumbprint());
    }

    public static SigningKey Create() => new(RSA.Create(2048));

    /// <summary>Made at the first start and kept: tokens handed out yesterday still hold.</summary>
    public static SigningKey Kept(string file)
    {
        if (!File.Exists(file))
        {
            using var made = RSA.Create(2048);
            WholeFile.Write(file, made.ExportPkcs8PrivateKeyPem());
        }

        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(file));
        return new(rsa);
    }

    public void WriteJwks(string file)
    {
        var parameters = _rsa.ExportParameters(includePrivateParameters: false);
        var key = new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = _key.KeyId,
            n = Base64UrlEncoder.Encode(parameters.Modulus),
            e = Base64UrlEncoder.Encode(parameters.Exponent),
        };
        File.WriteAllText(file, JsonSerializer.Serialize(new { keys = new[] { key } }));
    }

    public string Sign(Bearer bearer, DateTimeOffset from, DateTimeOffset until) =>
        Handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = Audience,
                IssuedAt = from.UtcDateTime,
                NotBefore = from.UtcDateTime,
                Expires = until.UtcDateTime,
                Claims = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["sub"] = bearer.Subject,
                    ["roles"] = bearer.Roles.ToArray(),
                    ["scope"] = string.Join(' ', bearer.Scopes),
                    ["teams"] = bearer.Teams.ToArray(),
                    ["departments"] = bearer.Departments.ToArray(),
                },
                SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
            }
        );

    public void Dispose() => _rsa.Dispose();
}
