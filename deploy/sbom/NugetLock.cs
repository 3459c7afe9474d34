using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml.Linq;

namespace CustomerFeedback.Sbom;

/// <summary>packages.lock.json of a host: what was restored for it, with the libraries of our own that it refers to.</summary>
internal static class NugetLock
{
    private sealed record Entry(
        string Type,
        string? Resolved,
        string? ContentHash,
        IReadOnlyDictionary<string, string>? Dependencies
    );

    private sealed record Content(
        [property: JsonPropertyName("dependencies")]
            IReadOnlyDictionary<string, IReadOnlyDictionary<string, Entry>> Frameworks
    );

    public static (IReadOnlyList<string> Roots, IReadOnlyList<Component> Components) Read(
        string project,
        Licences licences
    )
    {
        var text = File.ReadAllText(Path.Combine(project, "packages.lock.json"));
        var content = JsonSerializer.Deserialize<Content>(text, JsonSerializerOptions.Web)!;
        // net10.0 first; what net10.0/linux-x64 has besides is for the image as well.
        var entries = content
            .Frameworks.OrderBy(framework => framework.Key, StringComparer.Ordinal)
            .SelectMany(framework => framework.Value)
            .GroupBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.First().Value, StringComparer.OrdinalIgnoreCase);
        var tools = Tools(project);
        List<string> roots =
        [
            .. entries.Where(IsDirect).Select(entry => entry.Key).Where(name => !tools.Contains(name)),
        ];
        var shipped = Closure(roots, entries);
        return (
            [.. roots.Select(name => Ref(name, entries[name]))],
            [.. entries.Select(entry => Of(entry.Key, entry.Value, shipped.Contains(entry.Key), entries, licences))]
        );

        bool IsDirect(KeyValuePair<string, Entry> entry) =>
            entry.Value.Type == "Direct" || (entry.Value.Type == "Project" && IsReferenced(project, entry.Key));
    }

    private static Component Of(
        string name,
        Entry entry,
        bool isShipped,
        Dictionary<string, Entry> entries,
        Licences licences
    ) =>
        new(
            Ref(name, entry),
            name,
            entry.Resolved,
            entry.Resolved is { } restored ? PackageFolder.Sha512(name, restored) : null,
            entry.Resolved is { } version ? licences.OfPackage(name, version) : null,
            isShipped && (entry.Resolved is null || PackageFolder.Runs(name, entry.Resolved)),
            [
                .. (entry.Dependencies?.Keys ?? [])
                    .Where(entries.ContainsKey) // a pruned one is part of the framework
                    .Select(other => Ref(other, entries[other]))
                    .Order(StringComparer.Ordinal),
            ]
        )
        {
            ContentHash = entry.ContentHash,
        };

    // A project is written in two ways, as its file and in small letters: one of them names it.
    private static string Ref(string name, Entry entry) =>
        entry.Resolved is { } version ? Component.Nuget(name, version) : Component.Project(name.ToLowerInvariant());

    private static HashSet<string> Closure(IEnumerable<string> roots, Dictionary<string, Entry> entries)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>(roots);
        while (open.TryPop(out var name))
        {
            if (!entries.TryGetValue(name, out var entry) || !found.Add(name))
                continue;
            foreach (var other in entry.Dependencies?.Keys ?? [])
                open.Push(other);
        }
        return found;
    }

    /// <summary>Packages that a project, or every project, uses while it is built, and no more.</summary>
    private static HashSet<string> Tools(string project) =>
        [
            .. Directory
                .EnumerateFiles(project, "*.csproj")
                .Append(Path.Combine(Repository.Root, "Directory.Build.props"))
                .SelectMany(path => XDocument.Load(path).Descendants("PackageReference"))
                .Where(item => (string?)item.Attribute("PrivateAssets") == "all")
                .Select(item => (string)item.Attribute("Include")!),
        ];

    private static bool IsReferenced(string project, string name) =>
        Directory
            .EnumerateFiles(project, "*.csproj")
            .SelectMany(path => XDocument.Load(path).Descendants("ProjectReference"))
            .Select(item => ((string)item.Attribute("Include")!).Replace('\\', '/'))
            .Any(path => Path.GetFileNameWithoutExtension(path).Equals(name, StringComparison.OrdinalIgnoreCase));
}
