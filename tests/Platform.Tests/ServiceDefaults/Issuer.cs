using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

/// <summary>An issuer of tokens that also makes the wrong ones.</summary>
internal sealed class Issuer : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("jwks-").FullName;

    // Making an RSA key takes longer than most tests.
    private static readonly ConcurrentDictionary<string, Lazy<AsymmetricAlgorithm>> Keys = new(StringComparer.Ordinal);

    public Issuer() => Rotate("k1");

    public string JwksPath => Path.Combine(folder, "jwks.json");

    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public static RSA Rsa(string kid) => (RSA)Key(kid);

    /// <summary>Publishes exactly these keys ("e..." are elliptic), making the new ones.</summary>
    public void Rotate(params string[] kids)
    {
        File.WriteAllText(JwksPath, JsonSerializer.Serialize(new { keys = kids.Select(k => Jwk(k, Key(k))) }));
        // Two writes within one tick of the file system would look like one.
        File.SetLastWriteTimeUtc(JwksPath, DateTime.UnixEpoch.AddTicks(RandomNumberGenerator.GetInt32(int.MaxValue)));
    }

    public static Dictionary<string, object> Claims(string subject = "li.wei", params string[] roles) =>
        new(StringComparer.Ordinal)
        {
            ["iss"] = "https://issuer.test",
            ["aud"] = "customerfeedback",
            ["sub"] = subject,
            ["roles"] = roles,
            ["iat"] = Now,
            ["exp"] = Now + 600,
        };

    public static string Token(
        IDictionary<string, object>? claims = null,
        string kid = "k1",
        string? alg = null,
        IDictionary<string, object>? header = null,
        Func<byte[], byte[]>? sign = null
    )
    {
        var head = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["alg"] = alg ?? (kid.StartsWith('e') ? "ES256" : "RS256"),
            ["kid"] = kid,
            ["typ"] = "at+jwt",
        };
        foreach (var (name, value) in header ?? new Dictionary<string, object>(StringComparer.Ordinal))
            head[name] = value;
        var signed = $"{Part(head)}.{Part(claims ?? Claims())}";
        var signature = (sign ?? (data => Sign(Key(kid), data)))(Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public static byte[] Sign(AsymmetricAlgorithm key, byte[] data) =>
        key switch
        {
            RSA rsa => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            ECDsa ec => ec.SignData(data, HashAlgorithmName.SHA256),
            _ => throw new NotSupportedException(),
        };

    public static object Jwk(string kid, AsymmetricAlgorithm key)
    {
        if (key is RSA rsa)
        {
            var p = rsa.ExportParameters(false);
            return new
            {
                kty = "RSA",
                use = "sig",
                kid,
                n = Base64Url.EncodeToString(p.Modulus),
                e = Base64Url.EncodeToString(p.Exponent),
            };
        }
        var q = ((ECDsa)key).ExportParameters(false).Q;
        return new
        {
            kty = "EC",
            use = "sig",
            kid,
            crv = "P-256",
            x = Base64Url.EncodeToString(q.X),
            y = Base64Url.EncodeToString(q.Y),
        };
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static AsymmetricAlgorithm Key(string kid) =>
        Keys.GetOrAdd(
            kid,
            k => new(() => k.StartsWith('e') ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048))
        ).Value;

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
