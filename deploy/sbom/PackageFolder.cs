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

    /// <summary>Of the .nupkg as it came, in hexadecimal: NuGet writes it beside the file. Null where it did not.</summary>
    public static string? Sha512(string name, string version)
    {
        var file = Path.Combine(
            Of(name, version),
            $"{name.ToLowerInvariant()}.{version.ToLowerInvariant()}.nupkg.sha512"
        );
        return File.Exists(file) ? Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(file))) : null;
    }

    /// <summary>It brings something that runs; a package of analyzers alone does not.</summary>
    public static bool Runs(string name, string version) =>
        ((string[])["lib", "runtimes"]).Any(part => Directory.Exists(Path.Combine(Of(name, version), part)));
}
