namespace CustomerFeedback.Sbom;

/// <summary>A host and where its locks lie.</summary>
/// <param name="Name">As <c>intake</c>: the name of its image.</param>
/// <param name="Project">The folder of its project.</param>
/// <param name="NpmLocks">Locks of what the build takes from npm and puts into the host.</param>
internal sealed record HostProject(string Name, string Project, IReadOnlyList<string> NpmLocks);

/// <summary>The checkout.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<HostProject> Hosts { get; } =
    [
        Host("gateway", "gateway"),
        .. new[] { "Intake", "Ticketing", "Survey", "Analytics", "Notifications" }.Select(name =>
            Host(name.ToLowerInvariant(), Path.Combine("services", name))
        ),
    ];

    private static HostProject Host(string name, string folder)
    {
        var project = Path.Combine(Root, folder);
        var locks = Directory
            .EnumerateFiles(project, "package-lock.json", SearchOption.AllDirectories)
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal));
        return new(name, project, [.. locks.Order(StringComparer.Ordinal)]);
    }

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
