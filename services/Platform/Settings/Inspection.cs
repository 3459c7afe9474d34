using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace CustomerFeedback.Settings;

/// <summary>Looks for what is wrong in a section, and finds all of it, not the first.</summary>
internal static class Inspection
{
    public static string Fault(string key, string text) => $"Setting {key}: {text}";

    /// <summary>Texts that are no value of their setting's type, and names that no setting has.</summary>
    /// <param name="isOpen">Others have settings in this section too: unknown names are theirs.</param>
    public static IEnumerable<string> Texts(IConfiguration section, string path, Node group, bool isOpen)
    {
        foreach (var given in section.GetChildren())
        {
            var key = Join(path, given.Key);
            if (group.Child(given.Key) is { } child)
            {
                foreach (var fault in Text(given, Join(path, child.Name), child, isOpen))
                    yield return fault;
            }
            else if (!isOpen)
            {
                yield return Fault(key, $"unknown; known are {string.Join(", ", group.Children.Select(c => c.Name))}.");
            }
        }
    }

    /// <summary>What the annotations of the bound object say, and its own validation, of the objects in it too.</summary>
    public static IEnumerable<string> Objects(object instance, string path, Node group)
    {
        foreach (var child in group.Children)
        {
            var key = Join(path, child.Name);
            var value = child.Property!.GetValue(instance);
            foreach (var fault in Annotations(instance, child, key, value).Concat(Parts(child, key, value)))
                yield return fault;
        }
        if (instance is not IValidatableObject own)
            yield break;
        foreach (var result in own.Validate(new(instance)))
            yield return Fault(Join(path, result.MemberNames.FirstOrDefault() ?? ""), result.ErrorMessage ?? "wrong.");
    }

    public static string Join(string path, string name) =>
        path.Length == 0 ? name
        : name.Length == 0 ? path
        : $"{path}:{name}";

    private static IEnumerable<string> Text(IConfigurationSection given, string path, Node node, bool isOpen)
    {
        if (node.Shape is not Shape.Value && given.Value is { Length: > 0 })
            return [Fault(path, $"it has parts, as {path}:{PartOf(node)}.")];
        return node.Shape switch
        {
            Shape.Group => Texts(given, path, node, isOpen),
            Shape.Value => Value(given, path, node, node.IsSecret),
            _ => given
                .GetChildren()
                .SelectMany(element =>
                    node.Children[0].Shape is Shape.Value
                        ? Value(element, Join(path, element.Key), node.Children[0], node.IsSecret)
                        : Texts(element, Join(path, element.Key), node.Children[0], isOpen)
                ),
        };
    }

    private static IEnumerable<string> Value(IConfigurationSection given, string path, Node node, bool isSecret)
    {
        if (given.GetChildren().Any())
            return [Fault(path, $"it is {Values.Expected(node.Type)} and has no parts.")];
        // An empty text is the usual way to say "none" in environments; where something is needed, it is missing.
        if (given.Value is not { Length: > 0 } text)
            return node.Type == typeof(string) || node.Type == typeof(Uri) || given.Value is null
                ? []
                : [Fault(path, $"empty; it is {Values.Expected(node.Type)}, or left out.")];
        if (Values.Fits(node.Type, text))
            return [];
        var expected = Values.Expected(node.Type);
        return [Fault(path, isSecret ? $"not {expected}." : $"\"{text}\" is not {expected}.")];
    }

    private static string PartOf(Node node) =>
        node.Shape switch
        {
            Shape.List => "0",
            Shape.Map => "k1",
            _ => node.Children[0].Name,
        };

    private static IEnumerable<string> Annotations(object instance, Node child, string key, object? value)
    {
        var context = new ValidationContext(instance) { MemberName = child.Property!.Name, DisplayName = key };
        foreach (var rule in child.Property.GetCustomAttributes<ValidationAttribute>(inherit: true))
        {
            if (rule.GetValidationResult(value, context) is not { } wrong)
                continue;
            var text = rule switch
            {
                RequiredAttribute => $"missing. {Descriptions.Of(child.Property)}".TrimEnd(),
                RangeAttribute range => $"{Values.Text(value)} is not {range.Minimum} to {range.Maximum}.",
                AllowedValuesAttribute allowed when value is null or "" =>
                    $"missing: {string.Join(", ", allowed.Values)}.",
                AllowedValuesAttribute allowed => $"{value} is not one of {string.Join(", ", allowed.Values)}.",
                _ => wrong.ErrorMessage ?? "wrong.",
            };
            yield return Fault(key, text);
        }
    }

    private static IEnumerable<string> Parts(Node node, string key, object? value) =>
        (node.Shape, value) switch
        {
            (Shape.Group, { } part) => Objects(part, key, node),
            (Shape.Map, IDictionary map) when node.Children[0].Shape is Shape.Group => map
                .Keys.Cast<object>()
                .SelectMany(id => Objects(map[id]!, Join(key, $"{id}"), node.Children[0])),
            _ => [],
        };
}
