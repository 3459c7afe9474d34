using System.Security.Cryptography;
using System.Text.Json;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Access;

/// <summary>Secrets made on the spot, once per clone, readable by their owner only.</summary>
internal sealed record Secrets(
    string LinksKey,
    string PiiKey,
    string PiiIndexKey,
    string ServerPassword,
    string RolePassword
)
{
    public static Secrets Create() => new(Key(), Key(), Key(), Password(), Password());

    public static Secrets Kept(string file)
    {
        if (!File.Exists(file))
            WholeFile.Write(file, JsonSerializer.Serialize(Create()));

        return JsonSerializer.Deserialize<Secrets>(File.ReadAllText(file))!;
    }

    /// <summary>What every host is told about tokens, links and personal data, by the names of its configuration.</summary>
    public Dictionary<string, string> Configuration(string jwks) =>
        new(StringComparer.Ordinal)
        {
            ["Auth:Issuer"] = SigningKey.Issuer,
            ["Auth:Audience"] = SigningKey.Audience,
            ["Auth:Jwks"] = jwks,
            ["Links:CurrentKey"] = "k1",
            ["Links:Keys:k1"] = LinksKey,
            ["Pii:CurrentKey"] = "k1",
            ["Pii:Keys:k1"] = PiiKey,
            ["Pii:IndexKey"] = PiiIndexKey,
        };

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static string Password() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
