using System.Text.Json.Nodes;

namespace CustomerFeedback.Deployment.Tests.Rendering;

/// <summary>Ways through a document; what is not there is null or empty.</summary>
internal static class Walk
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
            node = node is JsonObject map && map.TryGetPropertyValue(step, out var inner) ? inner : null;
        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path)?.ToString();

    public static bool Is(this JsonNode? node, bool value, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue given && given.TryGetValue<bool>(out var flag) && flag == value;

    /// <summary>Null where there is no number, written as one or as text.</summary>
    public static int? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        int.TryParse(node.Text(path), out var number) ? number : null;

    public static IEnumerable<JsonNode> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list ? list.Where(item => item is not null).Select(item => item!) : [];

    public static IReadOnlyDictionary<string, string> Map(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonObject map
            ? map.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "", StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>All texts in it, with the names that lead there.</summary>
    public static IEnumerable<(string Path, string Text)> Texts(this JsonNode? node, string path = "") =>
        node switch
        {
            JsonObject map => map.SelectMany(pair => pair.Value.Texts($"{path}/{pair.Key}")),
            JsonArray list => list.SelectMany((item, i) => item.Texts($"{path}/{i}")),
            JsonValue value => [(path, value.ToString())],
            _ => [],
        };
}
