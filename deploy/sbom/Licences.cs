using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerFeedback.Sbom;

/// <summary>Which licences may come in, and what packages say of theirs.</summary>
/// <param name="Allowed">SPDX identifiers.</param>
/// <param name="Tools">Packages of the build that come with a licence of their own and go into no image, each with the reason why they may stay.</param>
internal sealed partial record Licences(IReadOnlyList<string> Allowed, IReadOnlyDictionary<string, Licences.Tool> Tools)
{
    /// <param name="Licence">As its file is called: <c>LicenseRef-</c> and a name.</param>
    internal sealed record Tool(string Licence, string Reason);

    public static Licences Read(string path) =>
        JsonSerializer.Deserialize<Licences>(File.ReadAllText(path), JsonSerializerOptions.Web)!;

    /// <summary>From the package's own description in the package folder; null where it tells none and it is no known tool.</summary>
    public string? OfPackage(string name, string version)
    {
        var nuspec = Path.Combine(PackageFolder.Of(name, version), $"{name.ToLowerInvariant()}.nuspec");
        return Expression(File.ReadAllText(nuspec)) ?? Tools.GetValueOrDefault(name)?.Licence;
    }

    /// <summary>The SPDX expression of a .nuspec; null where it points to a file or an address.</summary>
    public static string? Expression(string nuspec) =>
        XDocument
            .Parse(nuspec)
            .Descendants()
            .FirstOrDefault(e => e.Name.LocalName == "license" && (string?)e.Attribute("type") == "expression")
            ?.Value;

    /// <summary>Components whose licence is unknown or not allowed.</summary>
    public IEnumerable<string> Refused(IEnumerable<Component> components) =>
        from component in components
        where !component.IsOurs && !(component.Licence is { } licence && IsAllowed(licence))
        where component.IsShipped || Tools.GetValueOrDefault(component.Name)?.Licence != component.Licence
        select $"{component.Ref}: {component.Licence ?? "no licence that is known"} is not allowed (deploy/sbom/licences.json)";

    /// <summary>Of "A OR B" one is enough, of "A AND B" both are needed; an exception ("WITH") is part of its licence.</summary>
    public bool IsAllowed(string expression) =>
        Or()
            .Split(expression.Replace("(", "").Replace(")", ""))
            .Any(choice => And().Split(choice).All(one => Allowed.Contains(one.Trim())));

    [GeneratedRegex(@"\s+OR\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Or();

    [GeneratedRegex(@"\s+AND\s+", RegexOptions.CultureInvariant)]
    private static partial Regex And();
}
