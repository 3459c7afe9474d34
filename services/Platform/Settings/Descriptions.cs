using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerFeedback.Settings;

/// <summary>What a setting is for: the summary above its property, from the documentation file beside the assembly.</summary>
internal static partial class Descriptions
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> Known = new();

    /// <summary>Empty where nothing is written.</summary>
    public static string Of(PropertyInfo property) =>
        Known
            .GetOrAdd(property.DeclaringType!.Assembly, Read)
            .GetValueOrDefault($"P:{property.DeclaringType.FullName!.Replace('+', '.')}.{property.Name}", "");

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(file)
            ? XDocument
                .Load(file)
                .Descendants("member")
                .ToDictionary(
                    member => (string)member.Attribute("name")!,
                    member => Spaces().Replace(Plain(member.Element("summary")), " ").Trim()
                )
            : [];
    }

    private static string Plain(XElement? text) =>
        text is null
            ? ""
            : string.Concat(
                text.Nodes()
                    .Select(node =>
                        node switch
                        {
                            XText words => words.Value,
                            XElement e when e.Attribute("cref") is { } cref => cref.Value[
                                (cref.Value.LastIndexOf('.') + 1)..
                            ],
                            XElement e => Plain(e),
                            _ => "",
                        }
                    )
            );

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
