namespace CustomerFeedback.Sbom;

/// <summary>Where NuGet keeps what it restored.</summary>
internal static class PackageFolder
{
    private static readonly string Root =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public static string Of(string name, string version)
    {
        var folder = Path.Combine(Root, name.ToLowerInvariant(), version.ToLowerInvariant());
        return Directory.Exists(folder)
            ? folder
            : throw new DirectoryNotFoundException($"{folder} is missing: restore first (dotnet restore).");
    }

    /// <summary>It brings something that runs; a package of analyzers alone does not.</summary>
    public static bool Runs(string name, string version) =>
        ((string[])["lib", "runtimes"]).Any(part => Directory.Exists(Path.Combine(Of(name, version), part)));
}
