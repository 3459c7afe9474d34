namespace CustomerFeedback.Architecture.Tests.Rules;

/// <summary>Rules over paths from the root, with forward slashes.</summary>
internal static class TreeRule
{
    private static readonly string[] EmptyNames =
    [
        "Common",
        "Shared",
        "Core",
        "Helpers",
        "Utils",
        "Models",
        "Dtos",
        "Interfaces",
        "Extensions",
    ];

    private static readonly string[] TopLevel =
    [
        "services",
        "gateway",
        "contracts",
        "deploy",
        "tests",
        "Directory.Build.props",
        "CustomerFeedback.sln",
        "README.md",
    ];

    /// <summary>Tools look for these at the top and nowhere else.</summary>
    private static readonly string[] InsistedOnByTools =
    [
        "Directory.Packages.props",
        "global.json",
        "BannedSymbols.txt",
        "LICENSE",
    ];

    /// <summary>Folders and files whose name does not say what may not go in.</summary>
    public static IEnumerable<string> EmptyNamed(IEnumerable<string> paths) =>
        from path in paths
        from part in path.Split('/')
        where EmptyNames.Contains(part.Split('.')[0], StringComparer.OrdinalIgnoreCase)
        select path;

    /// <summary>What stands at the top and should not, and what should and does not.</summary>
    public static IEnumerable<string> TopLevelFaults(IEnumerable<string> paths)
    {
        var found = paths.Select(path => path.Split('/')[0]).Where(name => !name.StartsWith('.')).ToHashSet();
        return
        [
            .. found.Except([.. TopLevel, .. InsistedOnByTools]).Select(name => $"{name} is not of the top level"),
            .. TopLevel.Except(found).Select(name => $"{name} is missing"),
        ];
    }

    /// <summary>
    /// Tests below Features and Domain that are not where their subject is. One named for a file
    /// (<c>AcceptRequestTests</c>, and <c>A.cs</c> or a part of it, <c>A.B.cs</c>) has that file's path; one named for a
    /// behaviour lies in a folder that the service has too.
    /// </summary>
    public static IEnumerable<string> Unmirrored(IReadOnlyCollection<string> paths)
    {
        const string ending = "Tests.cs";
        return from path in paths
            let parts = path.Split('/')
            where parts is ["tests", _, "Features" or "Domain", ..] && path.EndsWith(ending, StringComparison.Ordinal)
            let service = $"services/{parts[1][..^".Tests".Length]}/"
            let folder = $"{service}{string.Join('/', parts[2..^1])}/"
            let subjects = FoldersOf(paths, service, parts[^1][..^ending.Length]).ToList()
            where subjects.Count > 0 ? !subjects.Contains(folder) : !paths.Any(other => IsBelow(folder, other))
            select $"{path} mirrors nothing";
    }

    /// <summary>Where in Features and Domain of a service files of that name lie.</summary>
    private static IEnumerable<string> FoldersOf(IEnumerable<string> paths, string service, string name) =>
        from path in paths
        where IsBelow($"{service}Features/", path) || IsBelow($"{service}Domain/", path)
        let file = path[(path.LastIndexOf('/') + 1)..]
        where file.Split('.')[0] == name
        select path[..^file.Length];

    private static bool IsBelow(string folder, string path) => path.StartsWith(folder, StringComparison.Ordinal);
}
