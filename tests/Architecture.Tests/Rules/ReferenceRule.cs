using System.Xml.Linq;

namespace CustomerFeedback.Architecture.Tests.Rules;

/// <summary>A project as its file describes it.</summary>
internal sealed record Project(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static Project Parse(string name, string xml)
    {
        var items = XDocument.Parse(xml).Descendants().ToLookup(item => item.Name.LocalName);
        return new(
            name,
            [.. items["ProjectReference"].Select(item => Path.GetFileNameWithoutExtension(Included(item)))],
            [.. items["PackageReference"].Concat(items["FrameworkReference"]).Select(Included)]
        );
    }

    private static string Included(XElement item) => ((string?)item.Attribute("Include") ?? "").Replace('\\', '/');
}

/// <summary>Who may know whom among our own assemblies, and which packages the small libraries may bring.</summary>
internal static class ReferenceRule
{
    /// <summary>Ours, with what each may know of ours.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["ApiDocs"] = [],
        ["Masking"] = [],
        ["Messaging"] = ["ApiDocs", "Settings"],
        ["ServiceDefaults"] = ["ApiDocs", "Settings", "Telemetry"],
        ["Settings"] = [],
        ["Telemetry"] = ["Settings"],
        ["WorkingTime"] = [],
        ["Intake"] = ["ApiDocs", "Contracts", "Masking", "Messaging", "ServiceDefaults", "Settings", "WorkingTime"],
        ["Ticketing"] = ["ApiDocs", "Contracts", "Masking", "Messaging", "ServiceDefaults", "Settings", "WorkingTime"],
        ["Survey"] = ["ApiDocs", "Contracts", "Masking", "Messaging", "ServiceDefaults", "Settings", "WorkingTime"],
        ["Analytics"] = ["ApiDocs", "Contracts", "Messaging", "ServiceDefaults", "Settings", "WorkingTime"],
        ["Notifications"] =
        [
            "ApiDocs",
            "Contracts",
            "Masking",
            "Messaging",
            "ServiceDefaults",
            "Settings",
            "WorkingTime",
        ],
        ["Gateway"] = ["ServiceDefaults", "Settings"],
    };

    private static readonly string[] DatabaseAndBus =
    [
        "Microsoft.EntityFrameworkCore",
        "Npgsql",
        "MassTransit",
        "RabbitMQ",
    ];

    public static IReadOnlyCollection<string> Ours => MayKnow.Keys;

    /// <summary>What an assembly refers to and may not.</summary>
    public static IEnumerable<string> Violations(string assembly, IEnumerable<string> references) =>
        references
            .Where(reference => !MayRefer(assembly, reference))
            .Select(reference => $"{assembly} knows {reference}");

    /// <summary>The same of a project file, where a reference counts even before any code uses it.</summary>
    public static IEnumerable<string> Violations(Project project) =>
        Violations(project.Name, [.. project.Projects, .. project.Packages]);

    private static bool MayRefer(string assembly, string reference)
    {
        if (MayKnow.ContainsKey(reference))
            return MayKnow[assembly].Contains(reference);
        return assembly switch
        {
            "Contracts" or "Masking" => BaseLibrary.Has(reference),
            "WorkingTime" => BaseLibrary.Has(reference) || reference == "NodaTime",
            "ApiDocs" or "ServiceDefaults" or "Settings" or "Telemetry" or "Gateway" => !DatabaseAndBus.Any(name =>
                reference.StartsWith(name, StringComparison.Ordinal)
            ),
            _ => true,
        };
    }
}
