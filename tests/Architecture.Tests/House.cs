using Mono.Cecil;

namespace CustomerFeedback.Architecture.Tests;

/// <summary>The house as it stands: its parts by name, its files, its assemblies.</summary>
internal static class House
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Services { get; } =
    ["Intake", "Ticketing", "Survey", "Analytics", "Notifications"];

    /// <summary>Services that nobody has given a Domain yet. Take a name out with the first type; none comes in.</summary>
    public static IReadOnlyList<string> WithoutDomainYet { get; } = [];

    public static IReadOnlyList<string> PlatformLibraries { get; } =
    ["ApiDocs", "Masking", "Messaging", "ServiceDefaults", "Settings", "Telemetry", "WorkingTime"];

    /// <summary>All files that are ours, as paths from the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [.. Walk(new(Root)).Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static int LinesOf(string path) => File.ReadLines(Path.Combine(Root, path)).Count();

    /// <summary>An assembly as it lies beside the tests, with its symbols.</summary>
    public static ModuleDefinition Assembly(string name)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        resolver.AddSearchDirectory(
            Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Builder.WebApplication).Assembly.Location)
        );
        return ModuleDefinition.ReadModule(
            Path.Combine(AppContext.BaseDirectory, $"{name}.dll"),
            new() { AssemblyResolver = resolver, ReadSymbols = true }
        );
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder
            .EnumerateDirectories()
            .Where(inner => !inner.Name.StartsWith('.') && !NotOurs.Contains(inner.Name))
            .SelectMany(Walk)
            .Concat(folder.EnumerateFiles());

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CustomerFeedback.sln")))
            folder =
                folder.Parent
                ?? throw new DirectoryNotFoundException($"No CustomerFeedback.sln above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }
}
