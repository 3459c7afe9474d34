using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerFeedback.ApiDocs;

/// <summary>Schemas as our converters read and write: the framework sees only that there is a converter.</summary>
internal static class Forms
{
    public static List<JsonNode> Nodes(IEnumerable<string> words) =>
        [.. words.Select(word => (JsonNode)JsonValue.Create(word))];

    /// <summary>A schema's name. Every slice may call what it takes in "Input": by its bare name one would stand for all.</summary>
    public static string? NameOf(JsonTypeInfo type)
    {
        // Any JSON is no type of its own, and null is JSON too.
        if (typeof(JsonNode).IsAssignableFrom(type.Type) || Real(type.Type) == typeof(JsonElement))
            return null;
        return OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? NameOf(Real(type.Type), name) : null;
    }

    public static Task Apply(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var given = context.JsonTypeInfo.Type;
        // What has a name of its own is told once, without null; where it may be null, that is told there.
        var named = schema.Metadata?.TryGetValue("x-schema-id", out var id) is true && id is string { Length: > 0 };
        var orNull =
            !named
            && (context.JsonPropertyInfo is { IsGetNullable: true } || Nullable.GetUnderlyingType(given) is not null)
                ? JsonSchemaType.Null
                : default;
        if (Simple(given) is { } simple)
        {
            (schema.Type, schema.Format, schema.Pattern) = (simple.Type | orNull, simple.Format, null);
            if (simple.Enum is { } words)
                schema.Enum = orNull is JsonSchemaType.Null ? [.. words, null!] : words;
        }
        else if (schema.Type?.HasFlag(JsonSchemaType.Array) is true)
            schema.Items ??= ElementOf(given) is { } element ? Simple(element) : null;
        else if (schema.Type?.HasFlag(JsonSchemaType.Object) is true && ValueOf(given) is { } value)
            schema.AdditionalProperties ??= Simple(value);
        return Task.CompletedTask;
    }

    private static OpenApiSchema? Simple(Type type) =>
        Real(type) switch
        {
            var t when t == typeof(string) => new() { Type = JsonSchemaType.String },
            var t when t == typeof(DateTimeOffset) => new() { Type = JsonSchemaType.String, Format = "date-time" },
            var t when t == typeof(TimeSpan) => new() { Type = JsonSchemaType.String, Format = "duration" },
            { IsEnum: true } t => new()
            {
                Type = JsonSchemaType.String,
                Enum = Nodes(Enum.GetNames(t).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)),
            },
            _ => null,
        };

    private static string NameOf(Type type, string name) =>
        type.IsGenericType && !typeof(IEnumerable).IsAssignableFrom(type)
            ? type.Name.Split('`')[0] + "Of" + string.Join("And", type.GetGenericArguments().Select(Own))
            : type.DeclaringType?.Name + name;

    private static string Own(Type type) => NameOf(Real(type), Real(type).Name);

    private static Type Real(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static Type? ElementOf(Type type) => ArgumentOf(type, typeof(IEnumerable<>), 0);

    private static Type? ValueOf(Type type) =>
        ArgumentOf(type, typeof(IReadOnlyDictionary<,>), 1) ?? ArgumentOf(type, typeof(IDictionary<,>), 1);

    private static Type? ArgumentOf(Type type, Type generic, int at) =>
        type.GetInterfaces()
            .Prepend(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == generic)
            ?.GetGenericArguments()[at];
}
