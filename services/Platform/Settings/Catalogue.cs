using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CustomerFeedback.Settings;

/// <summary>A setting as the catalogue tells it.</summary>
/// <param name="Name">With colons; <c>{n}</c> stands for 0, 1 and so on, <c>{id}</c> for a name of one's own.</param>
/// <param name="Default">Null where there is none.</param>
/// <param name="Allowed">Null where the type says it all.</param>
internal sealed record Setting(
    string Name,
    string Type,
    string? Default,
    bool Required,
    bool Secret,
    string? Allowed,
    string Description
);

/// <summary>All settings of a host, from the classes that they are bound to.</summary>
internal static class Catalogue
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json(IEnumerable<Section> sections) => JsonSerializer.Serialize(Of(sections), Form);

    public static IEnumerable<Setting> Of(IEnumerable<Section> sections) =>
        sections
            .SelectMany(section => Below(section.Root, section.Name, section.Create()))
            .OrderBy(setting => setting.Name, StringComparer.Ordinal);

    private static IEnumerable<Setting> Below(Node group, string path, object? defaults) =>
        group.Children.SelectMany(child =>
        {
            var key = Inspection.Join(path, child.Name);
            var value = defaults is null ? null : child.Property!.GetValue(defaults);
            return child.Shape switch
            {
                Shape.Value => [Leaf(child, key, Values.Text(value))],
                Shape.Group => Below(child, key, value),
                _ when child.Children[0].Shape is Shape.Value =>
                [
                    Leaf(child, Inspection.Join(key, child.Children[0].Name), null),
                ],
                _ => Below(
                    child.Children[0],
                    Inspection.Join(key, child.Children[0].Name),
                    Activator.CreateInstance(child.Children[0].Type)
                ),
            };
        });

    private static Setting Leaf(Node node, string key, string? otherwise)
    {
        var property = node.Property!;
        return new(
            key,
            Values.NameOf(node.Type),
            otherwise,
            otherwise is null
                && (
                    property.IsDefined(typeof(RequiredAttribute)) || property.IsDefined(typeof(AllowedValuesAttribute))
                ),
            node.IsSecret,
            Allowed(node),
            Descriptions.Of(property)
        );
    }

    private static string? Allowed(Node node) =>
        node.Type.IsEnum ? string.Join(", ", Enum.GetNames(node.Type))
        : node.Property!.GetCustomAttribute<AllowedValuesAttribute>() is { } words ? string.Join(", ", words.Values)
        : node.Property!.GetCustomAttribute<RangeAttribute>() is { } range ? $"{range.Minimum} to {range.Maximum}"
        : null;
}
