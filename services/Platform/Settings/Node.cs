using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace CustomerFeedback.Settings;

/// <summary>What stands at a place of the configuration.</summary>
internal enum Shape
{
    Value,
    List,
    Map,
    Group,
}

/// <summary>A property of a section's class, or the element of a list or map, as a place of the configuration.</summary>
/// <param name="Name">As it is written in the configuration; of an element, what stands for its name.</param>
/// <param name="Type">Of the value; of the elements of a list or map.</param>
/// <param name="Property">Null for the section itself, and for elements.</param>
internal sealed record Node(string Name, Type Type, Shape Shape, PropertyInfo? Property, IReadOnlyList<Node> Children)
{
    public bool IsSecret => Property?.IsDefined(typeof(SecretAttribute)) is true;

    public static Node Of(Type options) => new("", options, Shape.Group, null, PartsOf(options));

    public Node? Child(string name) =>
        Children.FirstOrDefault(child => child.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static List<Node> PartsOf(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property =>
                    property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
                )
                .Select(property =>
                    Of(
                        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name,
                        property.PropertyType,
                        property
                    )
                ),
        ];

    private static Node Of(string name, Type type, PropertyInfo? property)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (Values.Know(inner))
            return new(name, inner, Shape.Value, property, []);
        if (ElementOfMap(inner) is { } value)
            return new(name, value, Shape.Map, property, [Of("{id}", value, null)]);
        if (inner.IsArray || (inner.IsGenericType && inner.IsAssignableTo(typeof(IEnumerable))))
        {
            var element = inner.GetElementType() ?? inner.GetGenericArguments()[0];
            return new(name, element, Shape.List, property, [Of("{n}", element, null)]);
        }
        return new(name, inner, Shape.Group, property, PartsOf(inner));
    }

    private static Type? ElementOfMap(Type type) =>
        type.GetInterfaces()
            .Append(type)
            .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            .Select(one => one.GetGenericArguments()[1])
            .FirstOrDefault();
}
