using CustomerFeedback.Local.Access;

namespace CustomerFeedback.TestKit;

/// <summary>Real signed tokens, and the configuration under which hosts accept them.</summary>
public static class TestTokens
{
    // Wide bounds: a host under a fake clock, whatever its date, still takes them.
    private static readonly DateTimeOffset From = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SigningKey Key = SigningKey.Create();
    private static readonly SigningKey Stranger = SigningKey.Create();
    private static readonly Lazy<Dictionary<string, string>> Settings = new(MakeSettings);

    /// <summary>The keys Auth:*, Links:* and Pii:* of every host.</summary>
    public static IReadOnlyDictionary<string, string> Configuration => Settings.Value;

    public static string For(
        string subject,
        IReadOnlyList<string> roles,
        IReadOnlyList<string>? teams = null,
        IReadOnlyList<string>? scopes = null,
        IReadOnlyList<string>? departments = null
    ) => Key.Sign(new(subject, roles, teams ?? [], scopes ?? [], departments ?? []), From, Until);

    /// <summary>A token that ran out long ago.</summary>
    public static string Expired(string subject, IReadOnlyList<string> roles) =>
        Key.Sign(new(subject, roles, [], [], []), From, From.AddDays(1));

    /// <summary>A token that somebody else signed.</summary>
    public static string Forged(string subject, IReadOnlyList<string> roles) =>
        Stranger.Sign(new(subject, roles, [], [], []), From, Until);

    private static Dictionary<string, string> MakeSettings()
    {
        var folder = Directory.CreateTempSubdirectory("customerfeedback-tokens-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var jwks = Path.Combine(folder.FullName, "jwks.json");
        Key.WriteJwks(jwks);
        var settings = Secrets.Create().Configuration(jwks);
        settings["Edges:TokenFile"] = Path.Combine(folder.FullName, "service.jwt");
        File.WriteAllText(settings["Edges:TokenFile"], For("notifications", ["service"]));
        return settings;
    }
}
