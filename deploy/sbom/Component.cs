namespace CustomerFeedback.Sbom;

/// <summary>Something that a host is made of.</summary>
/// <param name="Ref">Unique within the bill: the package URL, or <c>project:Name</c> of a library of our own.</param>
/// <param name="Sha512">Of the package as its registry serves it, in hexadecimal; null of our own, and where it is not known.</param>
/// <param name="Licence">As the package tells it: an SPDX expression, or null.</param>
/// <param name="IsShipped">It is in the image; false of analyzers and other tools of the build.</param>
internal sealed record Component(
    string Ref,
    string Name,
    string? Version,
    string? Sha512,
    string? Licence,
    bool IsShipped,
    IReadOnlyList<string> DependsOn
)
{
    /// <summary>What NuGet's lock compares: base64 of a hash that leaves the package's signature out, so that no file has it.</summary>
    public string? ContentHash { get; init; }

    public bool IsOurs => Ref.StartsWith("project:", StringComparison.Ordinal);

    public static string Nuget(string name, string version) => $"pkg:nuget/{name}@{version}";

    /// <summary>A scope's @ is written %40.</summary>
    public static string Npm(string name, string version) =>
        $"pkg:npm/{name.Replace("@", "%40", StringComparison.Ordinal)}@{version}";

    public static string Project(string name) => $"project:{name}";
}

/// <summary>All of one host.</summary>
/// <param name="Roots">What the host itself refers to.</param>
internal sealed record Bill(string Host, IReadOnlyList<string> Roots, IReadOnlyList<Component> Components)
{
    public static Bill Of(HostProject host, Licences licences)
    {
        var (roots, packages) = NugetLock.Read(host.Project, licences);
        var scripts = host.NpmLocks.SelectMany(path => NpmLock.Read(File.ReadAllText(path))).ToList();
        return new(
            host.Name,
            [.. roots.Concat(scripts.Select(one => one.Ref)).Order(StringComparer.Ordinal)],
            [.. packages.Concat(scripts).DistinctBy(one => one.Ref).OrderBy(one => one.Ref, StringComparer.Ordinal)]
        );
    }
}
