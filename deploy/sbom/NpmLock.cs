using System.Text.Json.Nodes;

namespace CustomerFeedback.Sbom;

/// <summary>package-lock.json (version 2 or 3): what the build takes from npm.</summary>
internal static class NpmLock
{
    private const string Folder = "node_modules/";

    public static IReadOnlyList<Component> Read(string text)
    {
        var packages = JsonNode.Parse(text)!["packages"]!.AsObject();
        var known = packages
            .Where(entry => entry.Key.StartsWith(Folder, StringComparison.Ordinal))
            .ToDictionary(
                entry => entry.Key[(entry.Key.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..],
                entry => entry.Value!
            );
        return
        [
            .. known.Select(entry => new Component(
                Ref(entry.Key, entry.Value),
                entry.Key,
                (string)entry.Value["version"]!,
                Sha512((string?)entry.Value["integrity"]),
                (string?)entry.Value["license"],
                (bool?)entry.Value["dev"] is not true,
                [
                    .. (entry.Value["dependencies"]?.AsObject().Select(other => other.Key) ?? [])
                        .Where(known.ContainsKey)
                        .Select(other => Ref(other, known[other]))
                        .Order(StringComparer.Ordinal),
                ]
            )),
        ];
    }

    private static string Ref(string name, JsonNode entry) => Component.Npm(name, (string)entry["version"]!);

    private static string? Sha512(string? integrity) =>
        integrity?.StartsWith("sha512-", StringComparison.Ordinal) is true
            ? Convert.ToHexStringLower(Convert.FromBase64String(integrity["sha512-".Length..]))
            : null;
}
