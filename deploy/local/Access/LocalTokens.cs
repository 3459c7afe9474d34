using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Access;

/// <summary>A token per role, for people and programs that try the local system.</summary>
internal static class LocalTokens
{
    private static readonly string[] FrontLine = ["front-line"];
    private static readonly string[] Personal = ["pii:read"];

    /// <summary>Seeded people where the role is a person's.</summary>
    public static IReadOnlyDictionary<string, Bearer> Bearers { get; } =
        new Dictionary<string, Bearer>(StringComparer.Ordinal)
        {
            ["integration"] = new("shop", ["integration"], [], [], []),
            ["agent"] = new("li.wei", ["agent"], FrontLine, [], []),
            ["lead"] = new("wang.fang", ["lead"], FrontLine, Personal, []),
            ["manager"] = new("zhao.min", ["manager"], [], Personal, []),
            ["duty"] = new("chen.jie", ["duty"], ["duty"], Personal, []),
            ["department"] = new("sun.li", ["department"], [], [], ["product"]),
            ["interviewer"] = new("he.jing", ["interviewer"], [], Personal, []),
            ["analyst"] = new("lin.tao", ["analyst"], [], [], []),
            ["admin"] = new("admin", ["admin"], [], [], []),
        };

    /// <summary>What the services themselves go by; not among the tokens for people.</summary>
    private static readonly Bearer OfServices = new("notifications", ["service"], [], [], []);

    /// <summary>Writes the token that the services show to each other.</summary>
    public static void WriteService(SigningKey key, string file, DateTimeOffset now) =>
        WholeFile.Write(file, key.Sign(OfServices, now.AddMinutes(-1), now.AddDays(30)));

    public static IReadOnlyDictionary<string, string> Write(SigningKey key, string folder, DateTimeOffset now)
    {
        var tokens = Bearers.ToDictionary(b => b.Key, b => key.Sign(b.Value, now.AddMinutes(-1), now.AddDays(30)));
        foreach (var (name, token) in tokens)
            WholeFile.Write(Path.Combine(folder, $"{name}.jwt"), token);

        return tokens;
    }
}
